// The row of the exporter's dashboard about what it costs: scrapes, the process and the store.
local colors = import 'lib/colors.libsonnet';
local shell = import 'lib/dashboard.libsonnet';
local panels = import 'lib/panels.libsonnet';

function(config, selectors)
  local series(title, description, unit, targets) =
    panels.timeSeries(
      title,
      description,
      unit,
      [panels.range(target[0] % selectors, target[1]) for target in targets],
      width=8
    );
  {
    title: 'Cost: scrapes, process, store',
    panels: [
      series(
        'Duration of a scrape',
        'How long Prometheus took to scrape the exporter.',
        's',
        [['scrape_duration_seconds{%(exporter)s}', '{{instance}}']]
      ) + panels.limits(panels.thresholds([[config.scrapeSeconds, colors.warning]])),
      series(
        'Samples of a scrape',
        'How many samples a scrape brings.',
        'short',
        [['scrape_samples_scraped{%(exporter)s}', '{{instance}}']]
      ),
      series(
        'Answers of the HTTP server',
        'HTTP requests that the exporter answered, by path and status.',
        'reqps',
        [[
          'sum by (handler, code) (rate(koreai_exporter_http_requests_total{%(exporter)s}[$__rate_interval]))',
          '{{handler}} {{code}}',
        ]]
      ) + panels.stacked,
      series(
        'Time to answer, 99 in 100',
        'How long the exporter took to answer an HTTP request, until its last byte was written.',
        's',
        [[
          'histogram_quantile(0.99, sum by (handler, le) (rate(koreai_exporter_http_request_duration_seconds_bucket{%(exporter)s}[$__rate_interval])))',
          '{{handler}}',
        ]]
      ),
      series(
        'CPU',
        'Processor cores that the exporter keeps busy.',
        'none',
        [['rate(process_cpu_seconds_total{%(exporter)s}[$__rate_interval])', '{{instance}}']]
      ),
      series(
        'Memory',
        'Resident memory of the exporter.',
        'bytes',
        [['process_resident_memory_bytes{%(exporter)s}', '{{instance}}']]
      ),
      series(
        'File descriptors',
        'Open file descriptors, as a share of how many may be open.',
        'percentunit',
        [['process_open_fds{%(exporter)s} / process_max_fds{%(exporter)s}', '{{instance}}']]
      ),
      series(
        'Threads',
        'Operating system threads of the exporter.',
        'short',
        [['process_threads{%(exporter)s}', '{{instance}}']]
      ),
      series(
        'Commits to the store that failed',
        'In each interval. Nothing is lost by it: what was to be committed waits for the next one.',
        'short',
        [['increase(koreai_exporter_store_write_failures_total{%(exporter)s}[$__rate_interval])', '{{instance}}']]
      ) + panels.bars + panels.resolution(60) + panels.linked(shell.runbooks(config, ['StoreFailing'])),
    ],
  }
