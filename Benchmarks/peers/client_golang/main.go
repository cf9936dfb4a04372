// Serves as many series as scrape-benchmark does, with client_golang. Driven by scripts/benchmarks/scrape_benchmark.py.
package main

import (
	"bufio"
	"fmt"
	"net"
	"net/http"
	"os"
	"strconv"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

var labels = []string{"bot", "engine", "language", "state"}
var statuses = []string{"failed", "finished", "in_progress", "queued", "unknown"}
var gaugeNames = []string{
	"koreai_training_last_start_timestamp_seconds", "koreai_training_last_completion_timestamp_seconds",
	"koreai_training_last_success_timestamp_seconds", "koreai_training_last_duration_seconds",
	"koreai_ml_nlp_version", "koreai_ml_train_version", "koreai_ml_in_sync", "koreai_poll_up",
	"koreai_poll_interval_seconds", "koreai_poll_last_attempt_timestamp_seconds",
	"koreai_poll_last_success_timestamp_seconds",
}

type target struct {
	round    int
	status   []prometheus.Gauge
	gauges   []prometheus.Gauge
	runs     prometheus.Counter
	failures prometheus.Counter
}

func (t *target) show(number int) {
	now := 1763731200 + float64(number)/1000 + float64(t.round)*60
	for i, gauge := range t.status {
		if i == t.round%len(statuses) {
			gauge.Set(1)
		} else {
			gauge.Set(0)
		}
	}
	values := []float64{now - 100, now - 100, now - 100, 95.25 + float64(t.round), float64(t.round + 1),
		float64(t.round + 1), float64(t.round % 2), 1, 60, now, now}
	for i, value := range values {
		t.gauges[i].Set(value)
	}
}

func main() {
	count, err := strconv.Atoi(os.Args[1])
	if err != nil {
		panic(err)
	}
	registry := prometheus.NewRegistry()
	help := "Of the last poll of the target."
	status := prometheus.NewGaugeVec(prometheus.GaugeOpts{Name: "koreai_training_status", Help: help},
		append(append([]string{}, labels...), "status"))
	runs := prometheus.NewCounterVec(prometheus.CounterOpts{Name: "koreai_training_runs_total", Help: help}, labels)
	failures := prometheus.NewCounterVec(prometheus.CounterOpts{Name: "koreai_training_failures_total", Help: help}, labels)
	registry.MustRegister(status, runs, failures)
	var gauges []*prometheus.GaugeVec
	for _, name := range gaugeNames {
		gauge := prometheus.NewGaugeVec(prometheus.GaugeOpts{Name: name, Help: help}, labels)
		registry.MustRegister(gauge)
		gauges = append(gauges, gauge)
	}
	targets := make([]target, count)
	for i := range targets {
		values := []string{"bot-" + strconv.Itoa(i), "ml", "en", "published"}
		t := &targets[i]
		for _, name := range statuses {
			t.status = append(t.status, status.WithLabelValues(append(append([]string{}, values...), name)...))
		}
		for _, gauge := range gauges {
			t.gauges = append(t.gauges, gauge.WithLabelValues(values...))
		}
		t.runs = runs.WithLabelValues(values...)
		t.failures = failures.WithLabelValues(values...)
		t.show(i)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	http.Handle("/metrics", promhttp.HandlerFor(registry, promhttp.HandlerOpts{}))
	go http.Serve(listener, nil)
	fmt.Println(listener.Addr().(*net.TCPAddr).Port)
	next := 0
	for lines := bufio.NewScanner(os.Stdin); lines.Scan(); next++ {
		changes, _ := strconv.Atoi(lines.Text())
		for n := 0; n < changes; n++ {
			i := (next + n*(count/changes)) % count
			t := &targets[i]
			t.round++
			t.runs.Inc()
			if t.round%2 == 0 {
				t.failures.Inc()
			}
			t.show(i)
		}
		fmt.Println("done")
	}
}
