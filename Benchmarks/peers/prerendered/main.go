// Serves as many series as scrape-benchmark does, as kube-state-metrics does it: the text of each object is rendered when
// the object changes, and a scrape writes all texts, compressed each time. Driven by scripts/benchmarks/scrape_benchmark.py.
package main

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"strconv"
	"strings"
	"sync"
)

var statuses = []string{"failed", "finished", "in_progress", "queued", "unknown"}
var names = []string{
	"koreai_ml_in_sync", "koreai_ml_nlp_version", "koreai_ml_train_version", "koreai_poll_interval_seconds",
	"koreai_poll_last_attempt_timestamp_seconds", "koreai_poll_last_success_timestamp_seconds", "koreai_poll_up",
	"koreai_training_failures_total", "koreai_training_last_completion_timestamp_seconds",
	"koreai_training_last_duration_seconds", "koreai_training_last_start_timestamp_seconds",
	"koreai_training_last_success_timestamp_seconds", "koreai_training_runs_total", "koreai_training_status",
}

type store struct {
	mutex sync.RWMutex
	// Of each family, the text of each object.
	texts [][][]byte
}

func render(number, round int) [][]byte {
	labels := fmt.Sprintf(`{bot="bot-%d",engine="ml",language="en",state="published"`, number)
	now := 1763731200 + float64(number)/1000 + float64(round)*60
	values := []float64{float64(round % 2), float64(round + 1), float64(round + 1), 60, now, now, 1,
		float64(round / 2), now - 100, 95.25 + float64(round), now - 100, now - 100, float64(round)}
	var texts [][]byte
	for i, value := range values {
		texts = append(texts, []byte(names[i]+labels+"} "+strconv.FormatFloat(value, 'f', -1, 64)+"\n"))
	}
	var status bytes.Buffer
	for i, name := range statuses {
		value := "0"
		if i == round%len(statuses) {
			value = "1"
		}
		status.WriteString("koreai_training_status" + labels + `,status="` + name + `"} ` + value + "\n")
	}
	return append(texts, status.Bytes())
}

func (s *store) show(number, round int) {
	texts := render(number, round)
	s.mutex.Lock()
	defer s.mutex.Unlock()
	for family, text := range texts {
		s.texts[family][number] = text
	}
}

func (s *store) ServeHTTP(response http.ResponseWriter, request *http.Request) {
	response.Header().Set("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
	var writer io.Writer = response
	if strings.Contains(request.Header.Get("Accept-Encoding"), "gzip") {
		compressed := gzip.NewWriter(response)
		defer compressed.Close()
		response.Header().Set("Content-Encoding", "gzip")
		writer = compressed
	}
	s.mutex.RLock()
	defer s.mutex.RUnlock()
	for family, texts := range s.texts {
		fmt.Fprintf(writer, "# HELP %s Of the last poll of the target.\n# TYPE %s gauge\n", names[family], names[family])
		for _, text := range texts {
			writer.Write(text)
		}
	}
}

func main() {
	count, err := strconv.Atoi(os.Args[1])
	if err != nil {
		panic(err)
	}
	rounds := make([]int, count)
	s := &store{texts: make([][][]byte, len(names))}
	for family := range s.texts {
		s.texts[family] = make([][]byte, count)
	}
	for number := range rounds {
		s.show(number, 0)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	http.Handle("/metrics", s)
	go http.Serve(listener, nil)
	fmt.Println(listener.Addr().(*net.TCPAddr).Port)
	next := 0
	for lines := bufio.NewScanner(os.Stdin); lines.Scan(); next++ {
		changes, _ := strconv.Atoi(lines.Text())
		for n := 0; n < changes; n++ {
			i := (next + n*(count/changes)) % count
			rounds[i]++
			s.show(i, rounds[i])
		}
		fmt.Println("done")
	}
}
