// All bots: what needs attention first.
//
// It stays usable at ten thousand bots: tables and timelines show the worst, and what is drawn over time for all bots
// comes from recording rules, which have no label `bot`.
local attention = import 'attention.libsonnet';
local firing = import 'firing.libsonnet';
local colors = import 'lib/colors.libsonnet';
local shell = import 'lib/dashboard.libsonnet';
local panels = import 'lib/panels.libsonnet';
local statuses = import 'lib/statuses.libsonnet';
local variables = import 'lib/variables.libsonnet';

local selectors = (import 'lib/selectors.libsonnet').several { by: 'bot, engine, language, state' };
local allBots = ' Of all bots: the variables Bot and Language do not narrow it.';

function(config)
  local any(color) = panels.thresholds([[1, color]]);
  local durationLimits = panels.thresholds([
    [config.trainingStuck.floor, colors.warning],
    [config.trainingStuck.withoutHistory, colors.bad],
  ]);

  local counted(title, description, expr, color, alerts) =
    panels.stat(title, description, 'short', [panels.instant('(%s) or vector(0)' % (expr % selectors))], any(color), width=3)
    + panels.linked(shell.runbooks(config, alerts));

  local failed(matchers) =
    'count(max by (%(by)s) (target:koreai_training_failed:last{%(target)s,' + matchers + '}))';
  local failedNote = ' Also while a retry runs.';

  local attentionRow = {
    title: 'What needs attention first',
    panels: [
      counted(
        'Published: failed',
        'Published ML models whose last training failed.' + failedNote,
        failed('engine="ml",state="published"'),
        colors.bad,
        ['TrainingFailed']
      ),
      counted(
        'Published: out of sync',
        'Published models that lack what was changed before they were published.',
        'count(max by (bot, language) (target:koreai_ml_out_of_sync:count{%(target)s,state="published"}))',
        colors.bad,
        ['PublishedModelOutOfSync', 'PublishedNeverTrained']
      ),
      counted(
        'In development: failed',
        'ML models in development whose last training failed.' + failedNote,
        failed('engine="ml",state!="published"'),
        colors.warning,
        ['TrainingFailed']
      ),
      counted(
        'FAQs: failed',
        'FAQ trainings, published or in development, whose last run failed.' + failedNote,
        failed('engine="faq"'),
        colors.warning,
        ['FAQTrainingFailed']
      ),
      counted(
        'Exports: failed',
        'Bots whose latest export job failed.',
        'count(max by (bot, export) (koreai_export_status{%(bot)s,status="failed"}) == 1)',
        colors.warning,
        ['ExportFailed']
      ),
      counted(
        'Targets: no answer',
        'Targets whose last poll gave no usable reply. What is known of them is as old as their last good reply.',
        'count(max by (bot, collector, language, state) (koreai_poll_up{%(target)s}) == 0)',
        colors.warning,
        ['PollStale', 'CredentialRefused', 'ScopeMissing']
      ),
      counted(
        'Trainings running',
        'Trainings (ML and FAQ) that run or are queued.',
        'count(max by (%(by)s) (koreai_training_status{%(target)s,status=~"in_progress|queued"}) == 1)',
        colors.running,
        ['TrainingStuck', 'TrainingQueued']
      ),
      panels.stat(
        'Bots',
        'Bots that are watched.',
        'short',
        [panels.instant('count(count by (bot) (koreai_bot_info{%(bot)s}))' % selectors)],
        panels.thresholds([[1, colors.neutral]], base=colors.bad),
        width=3
      ) + panels.linked(shell.runbooks(config, ['NoTargets'])),
      panels.table(
        'Needs attention',
        'What is wrong now, the most urgent first and of these the longest. At most 25 rows of each problem.',
        's',
        [panels.rows(attention(selectors, config))],
        [
          { name: 'urgency', title: 'Urgency', mappings: statuses.urgency, width: 80 },
          { name: 'problem', title: 'Problem', width: 260 },
          { name: 'bot', title: 'Bot', links: [shell.toBot] },
          { name: 'engine', title: 'Engine', width: 70 },
          { name: 'language', title: 'Language', width: 85 },
          { name: 'state', title: 'State', width: 95 },
          { name: 'reason', title: 'Reason', width: 90 },
          { name: 'Value', title: 'For', width: 90 },
        ],
        ['Urgency', '-For'],
        width=15,
        height=11
      ),
      panels.table(
        'Firing alerts',
        'Alerts of the rules in alerts/ that fire, the most urgent first. Needs the rules in this Prometheus.',
        's',
        [panels.rows(firing(selectors, config))],
        [
          { name: 'urgency', title: 'Severity', mappings: statuses.urgency, width: 80 },
          { name: 'alertname', title: 'Alert', links: [shell.toRunbookOfRow(config)] },
          { name: 'bot', title: 'Bot', width: 110, links: [shell.toBot] },
          { name: 'Value', title: 'For', width: 80 },
        ],
        ['Severity', '-For'],
        width=9,
        height=11
      ),
    ],
  };

  // What failed or ran in the time range, by how much of it; see the panel's description.
  local troubled =
    local counted(series) = 'max by (%s) (count_over_time(%s{%s}[$__range] @ end()))' % [selectors.by, series, selectors.target];
    'topk(20, %s or %s)' % [
      counted('target:koreai_training_failed:last'),
      counted('target:koreai_training_running_seconds:current'),
    ];
  local statusRow = {
    title: 'Status over time',
    panels: [
      panels.timeSeries(
        'Trainings by status',
        'How many trainings (ML and FAQ, of each bot, language and state) are in each status.' + allBots,
        'short',
        [panels.range('sum by (status) (engine_state_status:koreai_training_status:sum{%(fleet)s})' % selectors, '{{status}}')]
      ) + panels.recorded + panels.stacked + panels.colored(statuses.colorOverrides(statuses.training)),
      panels.timeSeries(
        'Runs and failures',
        'Trainings that ended in each interval, and those of them that failed.',
        'short',
        [
          panels.range('sum(increase(koreai_training_runs_total{%(target)s}[$__rate_interval]))' % selectors, 'Ended'),
          panels.range('sum(increase(koreai_training_failures_total{%(target)s}[$__rate_interval]))' % selectors, 'Failed'),
        ]
      ) + panels.bars + panels.resolution(60) + panels.colored(statuses.fixed({ Ended: colors.good, Failed: colors.bad })),
      panels.stateTimeline(
        'Trainings in trouble',
        'The 20 trainings that were failed for most of the time range, then those that ran for most of it. Where nothing is drawn, the last run ended well and none was under way.',
        [panels.range(
          |||
            (
              2 * (max by (%(by)s) (target:koreai_training_running_seconds:current{%(target)s}) > bool -1)
              or
              4 * max by (%(by)s) (target:koreai_training_failed:last{%(target)s})
            )
            and on (%(by)s)
            %(troubled)s
          ||| % (selectors { troubled: troubled }),
          '{{bot}} {{engine}} {{language}} {{state}}'
        )],
        statuses.mappings(statuses.training),
        height=12
      ) + panels.recorded,
    ],
  };

  local driftRow = {
    title: 'Drift',
    panels: [
      panels.timeSeries(
        'Models out of sync, by component',
        'How many models lack changes of each component: sentences, synonyms, traits and so on.' + allBots,
        'short',
        [panels.range('sum by (component) (state_component:koreai_ml_out_of_sync:count{%(fleet)s})' % selectors, '{{component}}')]
      ) + panels.recorded + panels.stacked,
      panels.table(
        'Out of sync for longest',
        'The 25 models that lack a change for longest. Orange and red from the times on at which the alerts fire.',
        's',
        [panels.rows('topk(25, max by (bot, language, state) (target:koreai_ml_out_of_sync_seconds:max{%(target)s}))' % selectors)],
        [
          { name: 'bot', title: 'Bot', links: [shell.toBot] },
          { name: 'language', title: 'Language', width: 100 },
          { name: 'state', title: 'State', width: 110 },
          {
            name: 'Value',
            title: 'Out of sync for',
            width: 140,
            thresholds: panels.thresholds([
              [config.publishedOutOfSync, colors.warning],
              [config.outOfSyncForLong, colors.bad],
            ]),
          },
        ],
        ['-Out of sync for'],
        height=8
      ) + panels.linked(shell.runbooks(config, ['PublishedModelOutOfSync', 'ModelOutOfSyncForLong'])),
    ],
  };

  local quantile(q, engine) =
    'histogram_quantile(%s, sum by (le) (engine_state_le:koreai_training_duration_seconds_bucket:rate10m{%s,engine="%s"}))'
    % [q, selectors.fleet, engine];
  local durationRow = {
    title: 'Run durations',
    panels: [
      panels.heatmap(
        'How long trainings take',
        'Trainings that were seen to start and end, by how long they took.' + allBots,
        's',
        [panels.buckets('sum by (le) (engine_state_le:koreai_training_duration_seconds_bucket:rate10m{%(fleet)s})' % selectors)]
      ) + panels.recorded,
      panels.timeSeries(
        'Durations of trainings, percentiles',
        'Half, nine in ten and 99 in 100 of the trainings took no longer.' + allBots,
        's',
        [
          panels.range(quantile(q, engine), '%s p%d' % [std.asciiUpper(engine), q * 100])
          for engine in ['ml', 'faq']
          for q in [0.5, 0.9, 0.99]
        ]
      ) + panels.recorded + panels.points + panels.limits(durationLimits)
      + panels.linked(shell.runbooks(config, ['TrainingStuck'])),
      panels.table(
        'Longest last runs',
        'The 25 trainings whose last run took longest. Orange and red: from the durations on at which the alert for a stuck training can fire.',
        's',
        [panels.rows('topk(25, max by (%(by)s) (koreai_training_last_duration_seconds{%(target)s}))' % selectors)],
        [
          { name: 'bot', title: 'Bot', links: [shell.toBot] },
          { name: 'engine', title: 'Engine', width: 90 },
          { name: 'language', title: 'Language', width: 100 },
          { name: 'state', title: 'State', width: 110 },
          { name: 'Value', title: 'Took', width: 120, thresholds: durationLimits },
        ],
        ['-Took'],
        height=8
      ) + panels.linked(shell.runbooks(config, ['TrainingSlow', 'TrainingStuck'])),
      panels.table(
        'Running for longest',
        'The 25 trainings that have been running for longest.',
        's',
        [panels.rows('topk(25, max by (%(by)s) (target:koreai_training_running_seconds:current{%(target)s}))' % selectors)],
        [
          { name: 'bot', title: 'Bot', links: [shell.toBot] },
          { name: 'engine', title: 'Engine', width: 90 },
          { name: 'language', title: 'Language', width: 100 },
          { name: 'state', title: 'State', width: 110 },
          { name: 'Value', title: 'Running for', width: 120, thresholds: durationLimits },
        ],
        ['-Running for'],
        height=8
      ) + panels.linked(shell.runbooks(config, ['TrainingStuck'])),
    ],
  };

  shell.dashboard(config, {
    uid: config.dashboards.overview,
    title: 'Kore.ai / Overview',
    description: 'All bots that the exporter watches: what needs attention first, then status, drift, durations and exports.',
    from: 'now-6h',
    variables: [
      variables.datasource,
      variables.job,
      variables.instance,
      variables.bot,
      variables.language('bot=~"$bot"'),
      variables.state('bot=~"$bot"'),
    ],
    annotations: [
      // The recording rule has series only for what failed: one query over the time range costs little.
      shell.annotation(
        'Published model: training failed',
        colors.bad,
        'topk(20, max by (%(by)s) (target:koreai_training_failed:last{%(target)s,engine="ml",state="published"}))' % selectors,
        'Training failed',
        '{{bot}} {{language}}',
        valueIsTime=false
      ),
    ],
    rows: [attentionRow, statusRow, driftRow, durationRow, (import 'exports.libsonnet')(config, selectors)],
  })
