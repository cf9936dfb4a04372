// One bot in detail: where the alerts about a bot lead.
local shell = import 'lib/dashboard.libsonnet';
local panels = import 'lib/panels.libsonnet';
local queries = import 'lib/queries.libsonnet';
local runs = import 'lib/runs.libsonnet';
local style = import 'lib/style.libsonnet';
local problems = import 'problems.libsonnet';

local colors = style.colors;
local q = queries.one;
local byTraining = 'engine, language, state';
local byPoll = 'collector, language, state';
local trainingLegend = '{{engine}} {{language}} {{state}}';
local pollLegend = '{{collector}} {{language}} {{state}}';
local notKnown = 'Not known';

function(config)
  local alerts(names) = shell.alerts(config, names);

  local counted(title, description, wrong, known, color, names) =
    panels.stat(title, description, 'short', [panels.instant(queries.count(wrong, known))], panels.wrong(color), notKnown)
    + panels.mapped(style.none('None')) + alerts(names);
  // For how long the longest drift lasts, and 0 only where the model's flags are known.
  local outOfSync(title, state, limit, color, names) =
    panels.stat(
      title,
      'How long the model has lacked a change, for the component that has lacked one for longest.',
      's',
      [panels.instant(
        |||
          time() - min(koreai_ml_out_of_sync_since_timestamp_seconds{%(target)s,%(state)s})
          or
          0 * count(koreai_ml_in_sync{%(target)s,%(state)s})
        ||| % (q { state: state })
      )],
      panels.thresholds([[0, colors.good], [1, colors.unknown], [limit, color]]),
      notKnown
    ) + panels.mapped(style.none('In sync')) + alerts(names);
  local age(title, description, expr, empty) =
    panels.stat(title, description, 's', [panels.instant('time() - ' + expr)], panels.thresholds([]), empty);

  local tiles = [
    panels.stat(
      'Watched by',
      'How many exporters watch the bot now.',
      'short',
      [panels.instant('count(count by (job, instance) (koreai_bot_info{%(bot)s}))' % q)],
      panels.thresholds([[1, colors.unknown]], colors.bad),
      'Nobody'
    ) + alerts(['ExporterDown', 'BotUnwatched']),
    counted(
      'No answer',
      'Targets of the bot whose last poll gave no usable reply. Their data is as old as their last usable reply.',
      'max by (%s) (koreai_poll_up{%s}) == 0' % [byPoll, q.target],
      'koreai_poll_up{%(target)s}' % q,
      colors.warning,
      ['PollStale', 'CredentialRefused', 'ScopeMissing']
    ),
    counted(
      'Published: failed',
      'Trainings of the published model whose last run failed, also while a retry runs.',
      queries.failed(q.target + ',engine="ml",state="published"'),
      'koreai_training_status{%(target)s,engine="ml",state="published"}' % q,
      colors.bad,
      ['TrainingFailed']
    ),
    counted(
      'Other trainings: failed',
      'Trainings of the model in development and of FAQs whose last run failed, also while a retry runs.',
      '%s\nor\n%s' % [
        queries.failed(q.target + ',engine="ml",state!="published"'),
        queries.failed(q.target + ',engine="faq"'),
      ],
      'koreai_training_status{%(target)s}' % q,
      colors.warning,
      ['TrainingFailed', 'FAQTrainingFailed']
    ),
    outOfSync('Published: out of sync', 'state="published"', config.publishedOutOfSync, colors.bad, ['PublishedModelOutOfSync']),
    outOfSync(
      'In development: out of sync', 'state!="published"', config.outOfSyncForLong, colors.warning, ['ModelOutOfSyncForLong']
    ),
    age(
      'Last good training',
      'Time since the last successful training (ML or FAQ).',
      'max(koreai_training_last_success_timestamp_seconds{%(target)s})' % q,
      notKnown
    ),
    panels.stat(
      'Latest publish',
      'Status of the latest publish.',
      'none',
      [panels.instant('max(%s)' % style.code(style.job, 'koreai_publish_status', q.bot, 'bot'))],
      panels.thresholds([]),
      notKnown
    ) + panels.mapped(style.codes(style.job)),
    age(
      'Published ago',
      'Time since the last successful publish.',
      'max(koreai_publish_last_success_timestamp_seconds{%(bot)s})' % q,
      notKnown
    ),
    panels.stat(
      'Failed parts',
      'Failed parts of the latest completed publish: the row Publishes names them.',
      'short',
      [panels.instant(queries.count(
        'max by (part) (koreai_publish_part_failed{%(bot)s}) == 1' % q,
        'koreai_publish_part_failed{%(bot)s}' % q
      ))],
      panels.wrong(colors.bad),
      notKnown
    ) + panels.mapped(style.none('None')) + alerts(['PublishFailed', 'PublishPartFailed']),
    panels.stat(
      'Trained, not published',
      'How long the last successful training in development has waited for a successful publish.',
      's',
      [panels.instant(
        'max(%s)\nor\n0 * count(koreai_publish_last_success_timestamp_seconds{%s})' % [queries.unpublished(q.target, q.bot), q.bot]
      )],
      panels.thresholds([[0, colors.good], [1, style.severities.info]]),
      notKnown
    ) + panels.mapped(style.none('Published')),
    panels.stat(
      'Latest export',
      'Status of the latest export job.',
      'none',
      [panels.instant('max(%s)' % style.code(style.job, 'koreai_export_status', q.bot, 'export'))],
      panels.thresholds([]),
      notKnown
    ) + panels.mapped(style.codes(style.job)) + alerts(['ExportFailed']),
  ];

  // Two lines of six.
  local first = [tile { width:: 4, height:: 3 } for tile in tiles] + [
    panels.table(
      'Needs attention',
      'The problems of this bot, the most urgent first, then the longest.',
      [panels.rows(problems.ofBot(config))],
      [
        { name: 'urgency', title: 'Urgency', mappings: style.urgency, width: 80 },
        { name: 'problem', title: 'Problem' },
        { name: 'engine', title: 'Engine', width: 70 },
        { name: 'language', title: 'Language', width: 85 },
        { name: 'state', title: 'State', width: 95 },
        { name: 'collector', title: 'Collector', width: 110 },
        { name: 'Value', title: 'For', unit: 's', width: 90, mappings: [{ type: 'value', options: { '0': { text: '–', index: 0 } } }] },
      ],
      ['Urgency', '-For'],
      'Nothing is known to need attention.',
      width=14,
      height=7
    ),
    panels.properties(
      'What the exporters know',
      'The configuration of the bot, with its own labels: a row for each exporter that watches it.',
      [panels.rows('koreai_bot_info{%(bot)s}' % q)],
      ['__name__', 'Time', 'Value', 'bot'],
      'No exporter watches this bot now.',
      width=10,
      height=7
    ),
    panels.stateTimeline(
      'Trainings',
      'Status of each training of the bot: ML and FAQ, of each language and version.',
      [panels.range(style.code(style.training, 'koreai_training_status', q.target, byTraining), trainingLegend)],
      style.codes(style.training),
      'No training of the bot is known in this time range.',
      height=8
    ) + panels.minStep('1m'),
  ];

  local trainings = {
    title: 'Runs of trainings',
    panels: [
      panels.counts(
        'Trainings that ended',
        'Trainings (ML and FAQ) that ended in each interval, successful or failed; the legend has the sums.',
        runs.ended(['koreai_training', 'runs'], q.target, q.training),
        runs.none
      ) + runs.endings,
      runs.durations(
        'How long trainings took',
        'Trainings that ended in the time range and were seen to start and end.',
        'koreai_training_duration_seconds',
        q.target,
        q.training,
        byTraining,
        [
          { name: 'engine', title: 'Engine', width: 70 },
          { name: 'language', title: 'Language', width: 85 },
          { name: 'state', title: 'State', width: 95 },
        ]
      ),
      panels.timeSeries(
        'Running for',
        'How long the run that is under way has taken so far. Line: from here on the alert for a stuck training can fire.',
        's',
        [panels.range('max by (%s) (%s)' % [byTraining, queries.running(q.target)], trainingLegend)],
        'No training was seen running in this time range.'
      ) + panels.minStep('1m') + panels.lines([[config.trainingStuck.floor, colors.warning]])
      + alerts(['TrainingStuck']),
      panels.timeSeries(
        'Last run and usual run',
        'Duration of the last run that was seen to start and end, and the average of the runs before it (dashed; from %d runs on).'
        % config.usual.runs,
        's',
        [
          panels.range('max by (%s) (koreai_training_last_duration_seconds{%s})' % [byTraining, q.target], trainingLegend),
          panels.range(
            queries.usual(
              'koreai_training_duration_seconds',
              'koreai_training_last_duration_seconds',
              q.target,
              byTraining,
              config.usual.runs
            ),
            trainingLegend + ' usually'
          ),
        ],
        'No training was seen to start and end yet.'
      ) + panels.minStep('1m') + panels.dashed('.* usually') + alerts(['TrainingSlow']),
      panels.heatmap(
        'Durations of trainings',
        'Trainings that were seen to start and end in each interval, by how long they took.',
        's',
        [panels.buckets(
          'sum by (le) (%s)' % queries.grown('koreai_training_duration_seconds_bucket{%(target)s}' % q, q.training + ', le')
        )],
        runs.none,
        width=24
      ),
    ],
  };

  local drift = {
    title: 'Drift',
    panels: [
      panels.stateTimeline(
        'Components in sync',
        'Whether the model is in sync with each component. Nothing is drawn while replies omit a flag.',
        [panels.range(
          'min by (component, language, state) (koreai_ml_in_sync{%(target)s})' % q,
          '{{component}} {{language}} {{state}}'
        )],
        style.synced,
        'No flag of the model is known in this time range.',
        height=12
      ) + panels.minStep('1m'),
      panels.table(
        'Out of sync',
        'Components whose changes the model lacks. Coloured from the times at which the alerts fire.',
        [
          panels.rows(
            'time() - min by (component, language) (koreai_ml_out_of_sync_since_timestamp_seconds{%(target)s,state="published"})' % q
          ),
          panels.rows(
            'time() - min by (component, language) (koreai_ml_out_of_sync_since_timestamp_seconds{%(target)s,state!="published"})' % q
          ),
        ],
        [
          { name: 'component', title: 'Component' },
          { name: 'language', title: 'Language', width: 85 },
          {
            name: 'Value #A',
            title: 'Published for',
            unit: 's',
            width: 120,
            thresholds: panels.limits([[config.publishedOutOfSync, colors.bad]]),
          },
          {
            name: 'Value #B',
            title: 'In development for',
            unit: 's',
            width: 140,
            thresholds: panels.limits([[config.outOfSyncForLong, colors.warning]]),
          },
        ],
        ['-Published for', '-In development for'],
        'No component is known to be out of sync.',
        width=8
      ) + alerts(['PublishedModelOutOfSync', 'ModelOutOfSyncForLong']),
      panels.counts(
        'Drifts',
        'Times that a component went out of sync, in each interval; the legend has the sums.',
        [panels.range(
          'sum by (component) (%s)' % queries.grown('koreai_ml_drifts_total{%(target)s}' % q, 'component, language, state'),
          '{{component}}'
        )],
        'No flag of the model is known in this time range.',
        width=8
      ) + panels.shades(colors.warning),
      panels.timeSeries(
        'NLP versions of the model',
        'The NLP version that the language is set to, and the one that the model was trained with (dashed). If they differ, train the model again.',
        'none',
        [
          panels.range('max by (language, state) (koreai_ml_nlp_version{%(target)s})' % q, 'set {{language}} {{state}}'),
          panels.range('max by (language, state) (koreai_ml_train_version{%(target)s})' % q, 'trained {{language}} {{state}}'),
        ],
        'The replies tell of no version.',
        width=8
      ) + panels.minStep('1m') + panels.dashed('trained .*'),
    ],
  };

  local exports = {
    title: 'Exports',
    panels: [
      panels.stateTimeline(
        'Status of the latest export',
        'The latest export job of the bot.',
        [panels.range(style.code(style.job, 'koreai_export_status', q.bot, 'export'), '{{export}}')],
        style.codes(style.job),
        'No export of the bot is known in this time range.',
        width=12,
        height=4
      ) + panels.minStep('1m'),
      panels.stateTimeline(
        'File of the latest export',
        'Whether the latest successful export job has a download link.',
        [panels.range('max by (export) (koreai_export_download_available{%(bot)s})' % q, '{{export}}')],
        style.file,
        'No successful export of the bot is known in this time range.',
        width=12,
        height=4
      ) + panels.minStep('1m') + alerts(['ExportWithoutFile']),
      panels.timeSeries(
        'Progress',
        'How much of the latest export job was done.',
        'percentunit',
        [panels.range('max by (export) (koreai_export_progress_ratio{%(bot)s})' % q, '{{export}}')],
        'No progress of an export is known in this time range.',
        width=8
      ) + panels.minStep('1m') + panels.most(1) + alerts(['ExportStuck']),
      panels.timeSeries(
        'Last export and usual export',
        "How long the last export job took by the platform's clock, and how long those before it took on average (dashed; from %d on)."
        % config.usual.runs,
        's',
        [
          panels.range('max by (export) (koreai_export_last_duration_seconds{%(bot)s})' % q, '{{export}}'),
          panels.range(
            queries.usual(
              'koreai_export_duration_seconds', 'koreai_export_last_duration_seconds', q.bot, 'export', config.usual.runs
            ),
            '{{export}} usually'
          ),
        ],
        'No export is known to have ended.',
        width=8
      ) + panels.minStep('1m') + panels.dashed('.* usually')
      + panels.lines([[config.exportSlow.floor, style.severities.info]]) + alerts(['ExportSlow']),
      panels.counts(
        'Exports that ended',
        'Export jobs that ended in each interval, successful or failed; the legend has the sums.',
        runs.ended(['koreai_export', 'jobs'], q.bot, q.export),
        runs.none,
        width=8
      ) + runs.endings,
    ],
  };

  local publishes = {
    title: 'Publishes',
    panels: [
      panels.stateTimeline(
        'Status of the latest publish',
        'The latest publish of the bot.',
        [panels.range(style.code(style.job, 'koreai_publish_status', q.bot, 'bot'), 'Publish')],
        style.codes(style.job),
        'No publish of the bot is known in this time range.',
        width=24,
        height=4
      ) + panels.minStep('1m'),
      panels.stateTimeline(
        'Parts of the latest publish',
        'Outcome of each part of the latest completed publish. A part that the reply omits is not drawn.',
        [panels.range('max by (part) (koreai_publish_part_failed{%(bot)s})' % q, '{{part}}')],
        style.failedPart,
        'No part of a publish is known in this time range.',
        width=12
      ) + panels.minStep('1m'),
      panels.counts(
        'Publishes that ended',
        'Publishes that ended in each interval, successful or failed; the legend has the sums.',
        runs.ended(['koreai_publish', 'jobs'], q.bot, 'bot'),
        runs.none,
        width=12
      ) + runs.endings,
      panels.timeSeries(
        'Progress of the latest publish',
        'How much of the latest publish was done.',
        'percentunit',
        [panels.range('max(koreai_publish_progress_ratio{%(bot)s})' % q, 'Publish')],
        'No progress of a publish is known in this time range.',
        width=12
      ) + panels.minStep('1m') + panels.most(1),
      panels.timeSeries(
        'Last publish and usual publish',
        "How long the last publish took by the platform's clock, and how long those before it took on average (dashed; from %d on)."
        % config.usual.runs,
        's',
        [
          panels.range('max(koreai_publish_last_duration_seconds{%(bot)s})' % q, 'Publish'),
          panels.range(
            queries.usual(
              'koreai_publish_duration_seconds', 'koreai_publish_last_duration_seconds', q.bot, 'bot', config.usual.runs
            ),
            'Publish usually'
          ),
        ],
        'No publish is known to have ended.',
        width=12
      ) + panels.minStep('1m') + panels.dashed('.* usually'),
    ],
  };

  local polls = {
    title: 'Polls and budgets',
    panels: [
      panels.stateTimeline(
        'Answers',
        'Whether the last poll of each target gave a usable reply.',
        [panels.range('max by (%s) (koreai_poll_up{%s})' % [byPoll, q.target], pollLegend)],
        style.answered,
        'The bot was not watched in this time range.',
        width=12
      ) + panels.minStep('1m'),
      panels.table(
        'Why polls fail',
        'Targets without a usable reply, by the time since the last good one.',
        [panels.rows(|||
          max by (%(by)s, reason) (koreai_poll_failing{%(target)s})
            * on (%(by)s) group_left ()
            (time() - max by (%(by)s) (koreai_poll_last_success_timestamp_seconds{%(target)s}))
          or
          0 * max by (%(by)s, reason) (koreai_poll_failing{%(target)s})
        ||| % (q { by: byPoll }))],
        [
          { name: 'collector', title: 'Collector' },
          { name: 'language', title: 'Language', width: 85 },
          { name: 'state', title: 'State', width: 95 },
          { name: 'reason', title: 'Reason', width: 110 },
          {
            name: 'Value',
            title: 'For',
            unit: 's',
            width: 100,
            mappings: [{ type: 'value', options: { '0': { text: 'ever', index: 0 } } }],
            thresholds: panels.limits([[config.pollStale.floor, colors.warning]]),
          },
        ],
        ['-For'],
        'No poll of the bot is known to fail.'
      ) + alerts(['PollStale']),
      panels.timeSeries(
        'Age of the last good reply',
        'Time since each target last gave a usable reply. Line: from here on the alert for stale polls can fire.',
        's',
        [panels.range(
          'time() - max by (%s) (koreai_poll_last_success_timestamp_seconds{%s})' % [byPoll, q.target],
          pollLegend
        )],
        'No good reply is known in this time range.',
        width=8
      ) + panels.minStep('1m') + panels.lines([[config.pollStale.floor, colors.warning]])
      + alerts(['PollStale']),
      panels.timeSeries(
        'Interval between polls',
        'The interval in force: shorter while a training or export runs, longer while polls fail or the budget is tight.',
        's',
        [panels.range('max by (%s) (koreai_poll_interval_seconds{%s})' % [byPoll, q.target], pollLegend)],
        'The bot was not watched in this time range.',
        width=8
      ) + panels.minStep('1m'),
      panels.counts(
        'Polls put off',
        'Polls in each interval that were delayed by a lack of budget.',
        [panels.range('sum(%s)' % queries.grown('koreai_polls_delayed_total{%(bot)s}' % q, 'bot'), 'Put off')],
        'The bot was not watched in this time range.',
        width=8
      ) + panels.colored([['Put off', colors.warning, null]]) + alerts(['BudgetExhausted']),
      panels.timeSeries(
        'Budgets',
        "What may still be asked, as a share of the limit: of the bot's scarcest status call (`status:`), and of its trainings, exports and publishes (`bot:`). Line: what polls leave to triggers.",
        'percentunit',
        [
          panels.range(
            'min by (budget, window) (koreai_api_budget_remaining{%(exporter)s,budget="status:$bot"} / koreai_api_budget_limit{%(exporter)s,budget="status:$bot"})'
            % q,
            '{{budget}} {{window}}'
          ),
          panels.range(
            'min by (budget, window) (koreai_api_budget_remaining{%(exporter)s,budget="bot:$bot"} / koreai_api_budget_limit{%(exporter)s,budget="bot:$bot"})'
            % q,
            '{{budget}} {{window}}'
          ),
        ],
        'No budget of the bot is known in this time range.',
        width=24
      ) + panels.minStep('1m') + panels.most(1) + panels.lines([[config.budgetExhausted.reserve, colors.warning]])
      + alerts(['BudgetExhausted']),
    ],
  };

  local latest(metric) = 'max by (%s) (%s{%s})' % [q.training, metric, q.target];
  local annotations = [
    shell.annotation(
      'Trainings that ended well',
      colors.good,
      '1000 * %s' % latest('koreai_training_last_success_timestamp_seconds'),
      'Training ended',
      trainingLegend
    ),
    // The end of the last run where no good one ended then.
    shell.annotation(
      'Trainings that failed',
      colors.bad,
      |||
        1000 * (
          %(completion)s
          unless
          %(completion)s <= %(success)s
        )
      ||| % {
        completion: latest('koreai_training_last_completion_timestamp_seconds'),
        success: latest('koreai_training_last_success_timestamp_seconds'),
      },
      'Training failed',
      trainingLegend
    ),
    shell.annotation(
      'Publishes that ended well',
      colors.waiting,
      '1000 * max by (bot) (koreai_publish_last_success_timestamp_seconds{%(bot)s})' % q,
      'Published',
      '{{bot}}'
    ),
    shell.annotation(
      'Exports that ended',
      colors.running,
      |||
        1000 * max by (%(export)s) (koreai_export_last_update_timestamp_seconds{%(bot)s})
        and
        max by (%(export)s) (koreai_export_status{%(bot)s,status=~"success|failed"}) == 1
      ||| % q,
      'Export ended',
      '{{export}}'
    ),
  ];

  shell.dashboard(config, {
    uid: config.dashboards.bot,
    title: 'Bot',
    description: 'One bot in detail: what is wrong, its trainings, drift, publishes, exports and polls.',
    variables: [
      shell.variables.datasource,
      shell.variables.job,
      shell.variables.instance,
      shell.variables.oneBot,
      shell.variables.language('bot="$bot"'),
      shell.variables.state('bot="$bot"'),
    ],
    annotations: annotations,
    first: first,
    rows: [trainings, drift, publishes, exports, polls],
  })
