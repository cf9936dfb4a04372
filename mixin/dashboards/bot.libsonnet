// One bot in detail: where the alerts about a bot lead.
local attention = import 'attention.libsonnet';
local colors = import 'lib/colors.libsonnet';
local shell = import 'lib/dashboard.libsonnet';
local panels = import 'lib/panels.libsonnet';
local statuses = import 'lib/statuses.libsonnet';
local variables = import 'lib/variables.libsonnet';

local selectors = (import 'lib/selectors.libsonnet').one;
local byTraining = 'engine, language, state';
local trainingLegend = '{{engine}} {{language}} {{state}}';

function(config)
  local durationLimits = panels.thresholds([
    [config.trainingStuck.floor, colors.warning],
    [config.trainingStuck.withoutHistory, colors.bad],
  ]);
  local syncLimits = panels.thresholds([
    [config.publishedOutOfSync, colors.warning],
    [config.outOfSyncForLong, colors.bad],
  ]);

  local now = {
    title: 'Now',
    panels: [
      panels.stat(
        'Trainings failed',
        'Trainings (ML and FAQ) whose last run failed, also while a retry runs.',
        'short',
        [panels.instant('(count(max by (%s) (target:koreai_training_failed:last{%s}))) or vector(0)' % [byTraining, selectors.target])],
        panels.thresholds([[1, colors.bad]])
      ) + panels.linked(shell.runbooks(config, ['TrainingFailed', 'FAQTrainingFailed'])),
      panels.stat(
        'Trainings running',
        'Trainings (ML and FAQ) that run or are queued.',
        'short',
        [panels.instant('(count(max by (%s) (koreai_training_status{%s,status=~"in_progress|queued"}) == 1)) or vector(0)' % [byTraining, selectors.target])],
        panels.thresholds([], base=colors.running)
      ) + panels.linked(shell.runbooks(config, ['TrainingStuck'])),
      panels.stat(
        'Out of sync for',
        'For how long a model has lacked a change, of the one that has for longest.',
        's',
        [panels.instant('max(target:koreai_ml_out_of_sync_seconds:max{%(target)s}) or vector(0)' % selectors)],
        syncLimits
      ) + panels.linked(shell.runbooks(config, ['PublishedModelOutOfSync', 'ModelOutOfSyncForLong'])),
      panels.stat(
        'Last good training',
        'Time since the last training (ML or FAQ) that ended well.',
        's',
        [panels.instant('time() - max(koreai_training_last_success_timestamp_seconds{%(target)s})' % selectors)],
        panels.thresholds([], base=colors.neutral)
      ),
      panels.stat(
        'Latest export',
        'Status of the latest export job.',
        'none',
        [panels.instant(statuses.code(statuses.export, 'koreai_export_status', selectors.bot, 'export'))],
        panels.thresholds([])
      ) + panels.mapped(statuses.mappings(statuses.export))
      + panels.linked(shell.runbooks(config, ['ExportFailed'])),
      panels.stat(
        'Targets that answer',
        'Share of the targets of the bot whose last poll gave a usable reply.',
        'percentunit',
        [panels.instant('avg(koreai_poll_up{%(target)s})' % selectors)],
        panels.thresholds([[1, colors.good]], base=colors.bad)
      ) + panels.linked(shell.runbooks(config, ['PollStale'])),
      panels.table(
        'What is wrong',
        'The problems of this bot, the most urgent first and of these the longest.',
        's',
        [panels.rows(attention(selectors, config))],
        [
          { name: 'urgency', title: 'Urgency', mappings: statuses.urgency, width: 80 },
          { name: 'problem', title: 'Problem' },
          { name: 'engine', title: 'Engine', width: 70 },
          { name: 'language', title: 'Language', width: 85 },
          { name: 'state', title: 'State', width: 95 },
          { name: 'reason', title: 'Reason', width: 90 },
          { name: 'Value', title: 'For', width: 90 },
        ],
        ['Urgency', '-For'],
        width=14,
        height=7
      ),
      panels.properties(
        'Bot',
        'What the configuration of the exporter says of the bot, with its own labels.',
        [panels.rows('koreai_bot_info{%(bot)s}' % selectors)],
        ['__name__', 'Time', 'Value', 'instance', 'job'],
        width=10,
        height=7
      ),
    ],
  };

  local trainings = {
    title: 'Trainings',
    panels: [
      panels.stateTimeline(
        'Status of the trainings',
        'Each training of the bot: ML and FAQ, of each language and version.',
        [panels.range(
          statuses.code(statuses.training, 'koreai_training_status', selectors.target, byTraining),
          trainingLegend
        )],
        statuses.mappings(statuses.training),
        height=8
      ),
      panels.timeSeries(
        'Running for',
        'How long the run that is under way has taken so far. Lines: from here on the alert for a stuck training can fire.',
        's',
        [panels.range('max by (%s) (target:koreai_training_running_seconds:current{%s})' % [byTraining, selectors.target], trainingLegend)]
      ) + panels.recorded + panels.limits(durationLimits)
      + panels.linked(shell.runbooks(config, ['TrainingStuck'])),
      panels.timeSeries(
        'Last run and usual run',
        'How long the last run took that was seen to start and end, and how long runs usually take (dashed).',
        's',
        [
          panels.range('max by (%s) (koreai_training_last_duration_seconds{%s})' % [byTraining, selectors.target], trainingLegend),
          panels.range(
            'max by (%s) (target:koreai_training_duration_seconds:usual{%s})' % [byTraining, selectors.target],
            trainingLegend + ' usually'
          ),
        ]
      ) + panels.recorded + panels.dashed('.* usually')
      + panels.linked(shell.runbooks(config, ['TrainingSlow'])),
      panels.heatmap(
        'How long trainings take',
        'Trainings that were seen to start and end, by how long they took.',
        's',
        [panels.buckets('sum by (le) (increase(koreai_training_duration_seconds_bucket{%(target)s}[$__rate_interval]))' % selectors)]
      ),
      panels.timeSeries(
        'Runs and failures',
        'Trainings that ended in each interval, and those of them that failed.',
        'short',
        [
          panels.range('sum(increase(koreai_training_runs_total{%(target)s}[$__rate_interval]))' % selectors, 'Ended'),
          panels.range('sum(increase(koreai_training_failures_total{%(target)s}[$__rate_interval]))' % selectors, 'Failed'),
        ]
      ) + panels.bars + panels.resolution(60) + panels.colored(statuses.fixed({ Ended: colors.good, Failed: colors.bad })),
    ],
  };

  local drift = {
    title: 'Drift',
    panels: [
      panels.stateTimeline(
        'Components in sync',
        'Whether the model was trained with each component as it is. Nothing is drawn while replies leave a flag out.',
        [panels.range(
          'min by (component, language, state) (koreai_ml_in_sync{%(target)s})' % selectors,
          '{{component}} {{language}} {{state}}'
        )],
        statuses.synced,
        height=12
      ),
      panels.table(
        'Out of sync since',
        'Components that the model lacks changes of. Orange and red from the times on at which the alerts fire.',
        's',
        [panels.rows(|||
          time() - min by (component, language, state) (koreai_ml_out_of_sync_since_timestamp_seconds{%(target)s})
        ||| % selectors)],
        [
          { name: 'component', title: 'Component' },
          { name: 'language', title: 'Language', width: 100 },
          { name: 'state', title: 'State', width: 110 },
          { name: 'Value', title: 'For', width: 120, thresholds: syncLimits },
        ],
        ['-For'],
        width=8,
        height=8
      ) + panels.linked(shell.runbooks(config, ['PublishedModelOutOfSync', 'ModelOutOfSyncForLong'])),
      panels.timeSeries(
        'Drifts',
        'Times that a component went out of sync, in each interval.',
        'short',
        [panels.range('sum by (component) (increase(koreai_ml_drifts_total{%(target)s}[$__rate_interval]))' % selectors, '{{component}}')],
        width=8
      ) + panels.bars + panels.stacked + panels.resolution(60),
      panels.timeSeries(
        'Versions of the model',
        "The platform's counts of trainings (train) and of changes (nlp), by language and state.",
        'none',
        [
          panels.range('max by (language, state) (koreai_ml_train_version{%(target)s})' % selectors, 'train {{language}} {{state}}'),
          panels.range('max by (language, state) (koreai_ml_nlp_version{%(target)s})' % selectors, 'nlp {{language}} {{state}}'),
        ],
        width=8
      ),
    ],
  };

  shell.dashboard(config, {
    uid: config.dashboards.bot,
    title: 'Kore.ai / Bot',
    description: 'One bot in detail: what is wrong, its trainings, drift, exports and polls.',
    from: 'now-6h',
    variables: [
      variables.datasource,
      variables.job,
      variables.instance,
      variables.oneBot,
      variables.language('bot="$bot"'),
      variables.state('bot="$bot"'),
    ],
    annotations: (import 'runs.libsonnet')(selectors),
    rows: [now, trainings, drift] + (import 'botPolling.libsonnet')(config, selectors),
  })
