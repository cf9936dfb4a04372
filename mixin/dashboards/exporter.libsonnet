// The exporter itself: whether it polls, what the platform answers, what it costs.
local shell = import 'lib/dashboard.libsonnet';
local panels = import 'lib/panels.libsonnet';
local queries = import 'lib/queries.libsonnet';
local style = import 'lib/style.libsonnet';

local colors = style.colors;
local q = queries.several;
local notKnown = 'Not known';
local notScraped = 'No exporter was scraped in this time range.';

function(config)
  local alerts(names) = shell.alerts(config, names);
  local stat(title, description, unit, expr, thresholds, empty) =
    panels.stat(title, description, unit, [panels.instant(expr)], thresholds, empty);

  // How much a counter grew, summed over the exporters: each makes requests of its own. matchers: further ones
  local grown(counter, by, window='$__interval', matchers='') =
    'sum by (%s) (%s)' % [by, queries.growth('%s{%s%s}' % [counter, q.exporter, matchers], window)];
  local some(counter, by, matchers='') = grown(counter, by, matchers=matchers) + ' > 0';
  // For a tile: nothing is known of an exporter that is not scraped now.
  local ofLate(counter, seconds) =
    'sum(\n%s\nand on (job, instance) koreai_exporter_build_info{%s}\n)' % [
      queries.growth('%s{%s}' % [counter, q.exporter], '%ds' % seconds),
      q.exporter,
    ];

  local tiles = [
    stat(
      'Exporters down',
      'Exporters that Prometheus cannot scrape.',
      'short',
      'sum(1 - up{%(exporter)s})' % q,
      panels.thresholds([[0, colors.good], [1, colors.bad]], colors.bad),
      'No exporter'
    ) + panels.mapped(style.none('None')) + alerts(['ExporterDown']),
    stat(
      'Targets',
      'Targets that are configured to be polled: a training collector has one for each language and version of a bot.',
      'short',
      'sum(koreai_exporter_targets{%(exporter)s})' % q,
      panels.thresholds([[0, colors.bad], [1, colors.unknown]], colors.bad),
      'None'
    ) + alerts(['NoTargets']),
    stat(
      'No answer',
      'Targets whose last poll gave no usable reply, to any exporter.',
      'short',
      queries.count('max by (%(poll)s) (koreai_poll_up{%(exporter)s}) == 0' % q, 'koreai_poll_up{%(exporter)s}' % q),
      panels.wrong(colors.warning),
      notKnown
    ) + panels.mapped(style.none('None')) + alerts(['PollStale', 'CredentialRefused', 'ScopeMissing']),
    stat(
      'Configuration',
      'Whether the configuration could be used when it was last read. If not, the previous one is in force.',
      'none',
      'min(koreai_exporter_config_last_reload_successful{%(exporter)s})' % q,
      panels.thresholds([]),
      notKnown
    ) + panels.mapped(style.inForce) + alerts(['ReloadFailed']),
    stat(
      'Failed commits',
      'Commits to the store that failed in the last %d minutes. Nothing is lost: the results wait for the next commit.'
      % (config.storeFailing.window / 60),
      'short',
      ofLate('koreai_exporter_store_write_failures_total', config.storeFailing.window),
      panels.thresholds([[0, colors.good], [1, colors.unknown], [config.storeFailing.failures + 1, colors.bad]]),
      notKnown
    ) + panels.mapped(style.none('None')) + alerts(['StoreFailing']),
    stat(
      'Last list of bots',
      'Time since the last complete list of bots, for the discovery with the oldest one.',
      's',
      'time() - min(max by (discovery) (koreai_discovery_last_success_timestamp_seconds{%(exporter)s}))' % q,
      panels.thresholds([[config.discoveryStale, colors.warning]]),
      'No discovery'
    ) + alerts(['DiscoveryStale']),
    stat(
      'Refused for their rate',
      'Requests that the platform refused in the last hour because its rate limit was reached.',
      'short',
      ofLate('koreai_api_throttled_total', config.throttled.window),
      panels.thresholds([[0, colors.good], [1, colors.unknown], [config.throttled.refusals, colors.warning]]),
      notKnown
    ) + panels.mapped(style.none('None')) + alerts(['Throttled']),
    stat(
      'Least left of a budget',
      'Remaining requests as a share of the limit, for the budget with the least.',
      'percentunit',
      'min(koreai_api_budget_remaining{%(exporter)s} / koreai_api_budget_limit{%(exporter)s})' % q,
      panels.thresholds([]),
      notKnown
    ) + alerts(['BudgetExhausted']),
  ];

  local by(expr) = panels.rows('max by (instance) (%s)' % (expr % q));
  local exporters = panels.table(
    'Exporters',
    'A row for each exporter: whether it can be scraped, since when it runs, and what it and its scrapes cost.',
    [
      panels.rows('max by (instance, version, revision) (last_over_time(koreai_exporter_build_info{%(exporter)s}[$__range]))' % q),
      by('up{%(exporter)s}'),
      by('time() - process_start_time_seconds{%(exporter)s}'),
      panels.rows('sum by (instance) (koreai_exporter_targets{%(exporter)s})' % q),
      by('scrape_duration_seconds{%(exporter)s}'),
      by('scrape_samples_scraped{%(exporter)s}'),
      by('process_resident_memory_bytes{%(exporter)s}'),
      by('process_open_fds{%(exporter)s} / process_max_fds{%(exporter)s}'),
    ],
    [
      { name: 'instance', title: 'Exporter' },
      { name: 'version', title: 'Version', width: 100 },
      { name: 'revision', title: 'Revision', width: 110 },
      { name: 'Value #B', title: 'Scraped', width: 80, mappings: style.up },
      { name: 'Value #C', title: 'Running for', unit: 's', width: 110 },
      { name: 'Value #D', title: 'Targets', width: 80 },
      { name: 'Value #E', title: 'Scrape takes', unit: 's', width: 110 },
      { name: 'Value #F', title: 'Samples', width: 90 },
      { name: 'Value #G', title: 'Memory', unit: 'bytes', width: 100 },
      { name: 'Value #H', title: 'Open files', unit: 'percentunit', width: 90 },
    ],
    ['Scraped', 'Exporter'],
    'No exporter was scraped in this time range: is the job configured, and is its address right?',
    width=24,
    height=6
  ) + alerts(['ExporterDown']);

  local answering = panels.timeSeries(
    'Targets that answer, by collector',
    'Share of the targets whose last poll gave a usable reply.',
    'percentunit',
    [panels.range('avg by (collector) (max by (%(poll)s) (koreai_poll_up{%(exporter)s}))' % q, '{{collector}}')],
    notScraped,
    width=12
  ) + panels.minStep('1m') + panels.most(1) + alerts(['PollStale']);
  local reasons = panels.timeSeries(
    'Targets without a usable reply, by reason',
    'How many targets gave no usable reply when they were last polled, and why.',
    'short',
    [panels.range('count by (reason) (max by (%(poll)s, reason) (koreai_poll_failing{%(exporter)s}))' % q, '{{reason}}')],
    'No poll is known to have failed in this time range.',
    width=12
  ) + panels.minStep('1m') + panels.stacked + panels.shades(colors.bad) + alerts(['CredentialRefused', 'ScopeMissing']);

  local polling = {
    title: 'Polling',
    panels: [
      panels.table(
        'Oldest good replies',
        'The 25 targets whose last good reply is oldest. Coloured from the age at which the alert for stale polls can fire.',
        [panels.rows(|||
          topk(25, time() - max by (%(poll)s)
            (koreai_poll_last_success_timestamp_seconds{%(exporter)s}))
        ||| % q)],
        [
          { name: 'bot', title: 'Bot', links: [shell.toBot(config)] },
          { name: 'collector', title: 'Collector', width: 110 },
          { name: 'language', title: 'Language', width: 85 },
          { name: 'state', title: 'State', width: 95 },
          {
            name: 'Value',
            title: 'Age',
            unit: 's',
            width: 90,
            thresholds: panels.limits([[config.pollStale.floor, colors.warning]]),
          },
        ],
        ['-Age'],
        'No good reply is known.',
        width=12
      ) + alerts(['PollStale']),
      panels.counts(
        'Values that were not understood',
        'Statuses, flags and times in replies that the exporter does not know, in each interval; the legend has the sums.',
        [panels.range(some('koreai_unrecognized_values_total', 'collector, field'), '{{collector}} {{field}}')],
        'Every value was understood, as far as is known.',
        width=12
      ) + panels.shades(colors.warning) + alerts(['UnknownStatus']),
    ],
  };

  local requests = {
    title: 'Requests to the platform',
    panels: [
      panels.counts(
        'Requests by status',
        'Requests in each interval by HTTP status; 0 where no reply came. The legend has the sums.',
        [panels.range(some('koreai_api_requests_total', 'code'), '{{code}}')],
        'No request is known in this time range.',
        width=12
      ) + panels.shades(colors.running) + panels.shaded('0|[345]..', colors.bad),
      panels.counts(
        'Failed requests by reason',
        'Requests in each interval that gave no usable reply, by reason; the legend has the sums.',
        [panels.range(some('koreai_api_request_failures_total', 'reason'), '{{reason}}')],
        'No request is known to have failed in this time range.',
        width=12
      ) + panels.shades(colors.bad),
      panels.heatmap(
        'How long requests take',
        'Requests in each interval by how long they took, with the wait for a free connection.',
        's',
        [panels.buckets(grown('koreai_api_request_duration_seconds_bucket', 'le'))],
        'No request is known in this time range.'
      ),
      panels.table(
        'Durations of requests',
        'How long the requests of the time range took, by call.',
        [
          panels.rows(grown('koreai_api_request_duration_seconds_count', 'endpoint', '$__range') + ' > 0'),
        ] + [
          panels.rows(queries.quantile(
            quantile,
            queries.growth('koreai_api_request_duration_seconds_bucket{%(exporter)s}' % q, '$__range'),
            'endpoint'
          ))
          for quantile in [0.5, 0.99]
        ],
        [
          { name: 'endpoint', title: 'Call' },
          { name: 'Value #A', title: 'Requests', width: 100, decimals: 0 },
          { name: 'Value #B', title: 'Half took at most', unit: 's' },
          { name: 'Value #C', title: '99 in 100 took at most', unit: 's' },
        ],
        ['-Requests'],
        'No request is known in this time range.'
      ),
    ],
  };

  local share = 'min by (budget, window) (koreai_api_budget_remaining{%(exporter)s} / koreai_api_budget_limit{%(exporter)s})' % q;
  local budgets = {
    title: 'Budgets',
    panels: [
      panels.timeSeries(
        'Least left of a budget over time',
        'Remaining requests as a share of the limit, for the 10 budgets with the least. Line: the reserve for probes and commands.',
        'percentunit',
        [panels.range('bottomk(10, %s)' % share, '{{budget}} {{window}}')],
        'No budget is known in this time range.',
        width=12
      ) + panels.minStep('1m') + panels.most(1) + panels.lines([[config.budgetExhausted.reserve, colors.warning]])
      + alerts(['BudgetExhausted']),
      panels.counts(
        'Requests refused for their rate',
        'Requests in each interval that the platform refused because its rate limit was reached, for the 10 budgets with the most.',
        [panels.range('topk(10, %s)' % some('koreai_api_throttled_total', 'budget'), '{{budget}}')],
        'The platform refused no request for its rate, as far as is known.',
        width=12
      ) + panels.shades(colors.warning) + alerts(['Throttled']),
      panels.table(
        'Scarcest budgets',
        'The 25 budgets that have least left: `status:` a bot is its status calls, `bot:` its trainings and exports, `account:` the lists of bots of a credential. A limit is as configured, or lower after the platform refused requests.',
        [
          panels.rows('bottomk(25, %s)' % share),
          panels.rows(
            'min by (budget, window) (koreai_api_budget_limit{%(exporter)s}) and on (budget, window) bottomk(25, %(share)s)'
            % (q { share: share })
          ),
        ],
        [
          { name: 'budget', title: 'Budget' },
          { name: 'window', title: 'Window', width: 90 },
          { name: 'Value #A', title: 'Left', unit: 'percentunit', width: 90 },
          { name: 'Value #B', title: 'Limit', width: 90 },
        ],
        ['Left'],
        'No budget is known.'
      ),
      panels.table(
        'Polls put off most',
        'The 25 bots with the most polls delayed by a lack of budget in the time range.',
        [panels.rows('topk(25, %s > 0)' % grown('koreai_polls_delayed_total', 'bot', '$__range'))],
        [
          { name: 'bot', title: 'Bot', links: [shell.toBot(config)] },
          { name: 'Value', title: 'Polls', width: 120, decimals: 0 },
        ],
        ['-Polls'],
        'No poll is known to have been put off in this time range.'
      ) + alerts(['BudgetExhausted']),
    ],
  };

  local discovery = {
    title: 'Discovery, canaries and actions',
    panels: [
      panels.table(
        'Discovery',
        'A row for each discovery: how many bots it watches, and when it last received a complete list.',
        [
          panels.rows('max by (discovery) (koreai_discovery_bots{%(exporter)s})' % q),
          panels.rows('time() - max by (discovery) (koreai_discovery_last_success_timestamp_seconds{%(exporter)s})' % q),
          panels.rows('time() - max by (discovery) (koreai_discovery_last_attempt_timestamp_seconds{%(exporter)s})' % q),
          panels.rows(grown('koreai_discovery_failures_total', 'discovery', '$__range')),
        ],
        [
          { name: 'discovery', title: 'Discovery' },
          { name: 'Value #A', title: 'Bots', width: 80 },
          {
            name: 'Value #B',
            title: 'Last whole list',
            unit: 's',
            width: 120,
            thresholds: panels.limits([[config.discoveryStale, colors.warning]]),
          },
          { name: 'Value #C', title: 'Last attempt', unit: 's', width: 110 },
          { name: 'Value #D', title: 'Failures', width: 90, decimals: 0, thresholds: panels.limits([[1, colors.warning]]) },
        ],
        ['-Last whole list'],
        'No discovery is configured, or no exporter is scraped.'
      ) + alerts(['DiscoveryStale']),
      panels.counts(
        'Lists of bots that failed, by reason',
        'Attempts of discoveries in each interval that gave no list of bots, by reason; the legend has the sums.',
        [panels.range(some('koreai_discovery_failures_total', 'discovery, reason'), '{{discovery}} {{reason}}')],
        'No discovery is known to have failed in this time range.'
      ) + panels.shades(colors.bad),
      panels.counts(
        'Trainings and exports started by the exporter',
        'What the exporter started, or could not start, for canaries and alerts in each interval; the legend has the sums.',
        [
          panels.range(some('koreai_actions_total', 'action', ',outcome="started"'), '{{action}}: started'),
          panels.range(some('koreai_actions_total', 'action, outcome', ',outcome!="started"'), '{{action}}: {{outcome}}'),
        ],
        'The exporter started nothing by itself in this time range, as far as is known.',
        width=24
      ) + panels.shades(colors.warning) + panels.shaded('.*: started', colors.running) + alerts(['ActionFailed']),
    ],
  };

  local series(title, description, unit, targets, changes={}) =
    panels.timeSeries(
      title,
      description,
      unit,
      [panels.range(target[0] % q, target[1]) for target in targets],
      notScraped,
      width=8
    ) + panels.minStep('1m') + changes;
  local process = {
    title: 'Cost: scrapes, process, store',
    panels: [
      series(
        'Duration of a scrape',
        'How long Prometheus took to scrape the exporter.',
        's',
        [['max by (instance) (scrape_duration_seconds{%(exporter)s})', '{{instance}}']]
      ),
      series(
        'Samples of a scrape',
        'How many samples a scrape has.',
        'short',
        [['max by (instance) (scrape_samples_scraped{%(exporter)s})', '{{instance}}']]
      ),
      series(
        'Answers of the HTTP server',
        'HTTP requests that the exporter answered, by path and status.',
        'reqps',
        [[
          'sum by (handler, code) (rate(koreai_exporter_http_requests_total{%(exporter)s}[$__rate_interval]))',
          '{{handler}} {{code}}',
        ]],
        panels.stacked
      ),
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
        [['max by (instance) (rate(process_cpu_seconds_total{%(exporter)s}[$__rate_interval]))', '{{instance}}']]
      ),
      series(
        'Memory',
        'Resident memory of the exporter.',
        'bytes',
        [['max by (instance) (process_resident_memory_bytes{%(exporter)s})', '{{instance}}']]
      ),
      series(
        'File descriptors',
        'Open file descriptors, as a share of how many may be open.',
        'percentunit',
        [['max by (instance) (process_open_fds{%(exporter)s} / process_max_fds{%(exporter)s})', '{{instance}}']]
      ),
      series(
        'Threads',
        'Operating system threads of the exporter.',
        'short',
        [['max by (instance) (process_threads{%(exporter)s})', '{{instance}}']]
      ),
      panels.counts(
        'Commits to the store that failed',
        'In each interval. Nothing is lost: the results wait for the next commit.',
        [panels.range(grown('koreai_exporter_store_write_failures_total', 'instance'), '{{instance}}')],
        notScraped,
        width=8
      ) + panels.shades(colors.bad) + alerts(['StoreFailing']),
    ],
  };

  shell.dashboard(config, {
    uid: config.dashboards.exporter,
    title: 'Exporter',
    description: 'The exporter itself: polling, requests to the platform, budgets, and what it costs to run and to scrape.',
    variables: [shell.variables.datasource, shell.variables.job, shell.variables.instance],
    annotations: [
      shell.annotation(
        'Starts of the exporter',
        colors.running,
        '1000 * max by (instance) (process_start_time_seconds{%(exporter)s})' % q,
        'Exporter started',
        '{{instance}}'
      ),
      shell.annotation(
        'Reloads',
        colors.waiting,
        '1000 * max by (instance) (koreai_exporter_config_last_reload_success_timestamp_seconds{%(exporter)s})' % q,
        'Configuration read',
        '{{instance}}'
      ),
    ],
    first: tiles + [exporters, answering, reasons],
    rows: [polling, requests, budgets, discovery, process],
  })
