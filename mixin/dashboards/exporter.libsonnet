// The exporter itself: whether it polls, what the platform answers, what it costs.
local colors = import 'lib/colors.libsonnet';
local shell = import 'lib/dashboard.libsonnet';
local panels = import 'lib/panels.libsonnet';
local variables = import 'lib/variables.libsonnet';

local selectors = (import 'lib/selectors.libsonnet').several;

function(config)
  local polling = {
    title: 'Polling',
    panels: [
      panels.timeSeries(
        'Targets that answer, by collector',
        'Share of the targets whose last poll gave a usable reply.',
        'percentunit',
        [panels.range('avg by (collector) (collector:koreai_poll_up:avg{%(exporter)s})' % selectors, '{{collector}}')],
        width=8
      ) + panels.recorded + panels.most(1) + panels.linked(shell.runbooks(config, ['PollStale'])),
      panels.timeSeries(
        'Targets without a usable reply, by reason',
        'How many targets gave no usable reply when they were last polled, and why.',
        'short',
        [panels.range('sum by (reason) (bot_collector_reason:koreai_poll_failing:count{%(exporter)s})' % selectors, '{{reason}}')],
        width=8
      ) + panels.recorded + panels.stacked
      + panels.linked(shell.runbooks(config, ['CredentialRefused', 'ScopeMissing'])),
      panels.table(
        'Oldest good replies',
        'The 25 targets whose last good reply is oldest. Red: from here on the alert for stale polls can fire.',
        's',
        [panels.rows(|||
          topk(25, time() - max by (bot, collector, language, state)
            (koreai_poll_last_success_timestamp_seconds{%(exporter)s}))
        ||| % selectors)],
        [
          { name: 'bot', title: 'Bot', links: [shell.toBot] },
          { name: 'collector', title: 'Collector' },
          { name: 'language', title: 'Language', width: 85 },
          { name: 'state', title: 'State', width: 95 },
          {
            name: 'Value',
            title: 'Age',
            width: 90,
            thresholds: panels.thresholds([[config.pollStale.floor, colors.bad]]),
          },
        ],
        ['-Age'],
        width=8,
        height=8
      ) + panels.linked(shell.runbooks(config, ['PollStale'])),
      panels.timeSeries(
        'Values that were not understood',
        'Statuses, flags and times in replies that the exporter does not know, in each interval.',
        'short',
        [panels.range(
          'sum by (collector, field) (increase(koreai_unrecognized_values_total{%(exporter)s}[$__rate_interval]))' % selectors,
          '{{collector}} {{field}}'
        )],
        width=12
      ) + panels.bars + panels.resolution(60) + panels.linked(shell.runbooks(config, ['UnknownStatus'])),
      panels.table(
        'Polls put off most',
        'The 25 bots most of whose polls came later than wanted in the time range, for want of budget.',
        'short',
        [panels.rows('topk(25, sum by (bot) (increase(koreai_polls_delayed_total{%(exporter)s}[$__range])) > 0)' % selectors)],
        [
          { name: 'bot', title: 'Bot', links: [shell.toBot] },
          { name: 'Value', title: 'Polls', width: 120 },
        ],
        ['-Polls'],
        height=8
      ),
    ],
  };

  local requests = {
    title: 'Requests to the platform',
    panels: [
      panels.timeSeries(
        'Requests by status',
        'Requests by HTTP status; 0 where no reply came.',
        'reqps',
        [panels.range('sum by (code) (rate(koreai_api_requests_total{%(exporter)s}[$__rate_interval]))' % selectors, '{{code}}')],
        width=8
      ) + panels.stacked,
      panels.timeSeries(
        'Failed requests by reason',
        'Requests that gave no usable reply, by reason.',
        'reqps',
        [panels.range('sum by (reason) (rate(koreai_api_request_failures_total{%(exporter)s}[$__rate_interval])) > 0' % selectors, '{{reason}}')],
        width=8
      ) + panels.stacked,
      panels.timeSeries(
        'Refused for their rate',
        'Requests that the platform refused because its rate limit was reached, of the 10 budgets with most of them. Line: from more than so many in an hour on the alert fires.',
        'short',
        [panels.range('topk(10, max by (budget) (budget:koreai_api_throttled:increase1h{%(exporter)s}))' % selectors, '{{budget}} in an hour')],
        width=8
      ) + panels.recorded + panels.limits(panels.thresholds([[config.throttled.refusals, colors.warning]]))
      + panels.linked(shell.runbooks(config, ['Throttled'])),
      panels.heatmap(
        'How long requests take',
        'Requests by how long they took, with the wait for a free connection.',
        's',
        [panels.buckets('sum by (le) (increase(koreai_api_request_duration_seconds_bucket{%(exporter)s}[$__rate_interval]))' % selectors)]
      ),
      panels.timeSeries(
        'Durations of requests, percentiles',
        'Half and 99 in 100 of the requests took no longer, by call.',
        's',
        [
          panels.range(
            'histogram_quantile(%s, sum by (endpoint, le) (rate(koreai_api_request_duration_seconds_bucket{%s}[$__rate_interval])))'
            % [q, selectors.exporter],
            '{{endpoint}} p%d' % (q * 100)
          )
          for q in [0.5, 0.99]
        ]
      ),
    ],
  };

  local budgets = {
    title: 'Budgets',
    panels: [
      panels.timeSeries(
        'Least left of a budget',
        'What may still be asked, as a share of the limit, of the 10 budgets that have least. Line: what polls leave to triggers.',
        'percentunit',
        [panels.range(
          |||
            bottomk(10, min by (budget, window) (
              koreai_api_budget_remaining{%(exporter)s} / koreai_api_budget_limit{%(exporter)s}
            ))
          ||| % selectors,
          '{{budget}} {{window}}'
        )]
      ) + panels.resolution(120) + panels.most(1)
      + panels.limits(panels.thresholds([[config.budgetExhausted.reserve, colors.good]], base=colors.bad))
      + panels.linked(shell.runbooks(config, ['BudgetExhausted'])),
      panels.table(
        'Lowest limits',
        'The 25 smallest limits in force: as configured, or lowered because the platform refused requests earlier.',
        'short',
        [panels.rows('bottomk(25, min by (budget, window) (koreai_api_budget_limit{%(exporter)s}))' % selectors)],
        [
          { name: 'budget', title: 'Budget' },
          { name: 'window', title: 'Window', width: 100 },
          { name: 'Value', title: 'Limit', width: 120 },
        ],
        ['Limit'],
        height=8
      ),
    ],
  };

  shell.dashboard(config, {
    uid: config.dashboards.exporter,
    title: 'Kore.ai / Exporter',
    description: 'The exporter itself: polling, requests to the platform, budgets, and what it costs to run and to scrape.',
    from: 'now-3h',
    variables: [variables.datasource, variables.job, variables.instance],
    annotations: [
      shell.annotation(
        'Starts of the exporter',
        colors.running,
        '1000 * process_start_time_seconds{%(exporter)s}' % selectors,
        'Exporter started',
        '{{instance}}'
      ),
      shell.annotation(
        'Reloads',
        colors.good,
        '1000 * koreai_exporter_config_last_reload_success_timestamp_seconds{%(exporter)s}' % selectors,
        'Configuration read',
        '{{instance}}'
      ),
    ],
    rows: [(import 'health.libsonnet')(config, selectors), polling, requests, budgets, (import 'process.libsonnet')(config, selectors)],
  })
