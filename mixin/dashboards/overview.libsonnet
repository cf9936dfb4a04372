// All bots: what needs attention, and where.
//
// The first screen is all that a healthy day needs; what explains a problem is in rows that are collapsed, which ask
// nothing until they are opened. Tables and timelines show the worst, so that it stays usable with thousands of bots.
local lib = import '../lib.libsonnet';
local shell = import 'lib/dashboard.libsonnet';
local panels = import 'lib/panels.libsonnet';
local queries = import 'lib/queries.libsonnet';
local style = import 'lib/style.libsonnet';
local problems = import 'problems.libsonnet';
local runs = import 'lib/runs.libsonnet';

local colors = style.colors;
local q = queries.several;
local notKnown = 'Not known';

function(config)
  local alerts(names) = shell.alerts(config, names);
  local botColumn = { name: 'bot', title: 'Bot', links: [shell.toBot(config)] };

  local counted(title, description, wrong, known, color, names) =
    panels.stat(title, description, 'short', [panels.instant(queries.count(wrong, known))], panels.wrong(color), notKnown)
    + panels.mapped(style.none('None')) + alerts(names);
  local model(matchers) = 'koreai_training_status{%s,%s}' % [q.target, matchers];

  local tiles = [
    panels.stat(
      'Exporters down',
      'Exporters that Prometheus cannot scrape. The state of what they watch is not known.',
      'short',
      [panels.instant('sum(1 - up{%(exporter)s})' % q)],
      panels.thresholds([[0, colors.good], [1, colors.bad]], colors.bad),
      'No exporter'
    ) + panels.mapped(style.none('None')) + alerts(['ExporterDown']),
    panels.stat(
      'Bots watched',
      'Bots that an exporter watches now.',
      'short',
      [panels.instant('count(count by (bot) (koreai_bot_info{%(bot)s}))' % q)],
      panels.thresholds([[1, colors.unknown]], colors.bad),
      'None'
    ) + alerts(['NoTargets']),
    counted(
      'Published: failed',
      'Published ML models whose last training failed, also while a retry runs.',
      'max by (%s) (%s)' % [q.model, queries.failed(q.target + ',engine="ml",state="published"')],
      model('engine="ml",state="published"'),
      colors.bad,
      ['TrainingFailed']
    ),
    counted(
      'Published: out of sync',
      'Published models that have been out of sync with the published bot for %d min or longer, without a training under way.' % (config.publishedOutOfSync / 60),
      queries.outOfSync(q.target, 'published', config.publishedOutOfSync),
      'koreai_ml_in_sync{%(target)s,state="published"}' % q,
      colors.bad,
      ['PublishedModelOutOfSync']
    ),
    counted(
      'Publishes: failed',
      'Bots whose latest publish failed.',
      'max by (bot) (koreai_publish_status{%(bot)s,status="failed"}) == 1' % q,
      'koreai_publish_status{%(bot)s}' % q,
      colors.bad,
      []
    ),
    counted(
      'Other trainings: failed',
      'ML models in development, and FAQs of both versions, whose last training failed, also while a retry runs.',
      '%s\nor\n%s' % [
        queries.failed(q.target + ',engine="ml",state!="published"'),
        queries.failed(q.target + ',engine="faq"'),
      ],
      'koreai_training_status{%(target)s}' % q,
      colors.warning,
      ['TrainingFailed', 'FAQTrainingFailed']
    ),
    counted(
      'Exports: failed',
      'Bots whose latest export job failed.',
      'max by (%(export)s) (koreai_export_status{%(bot)s,status="failed"}) == 1' % q,
      'koreai_export_status{%(bot)s}' % q,
      colors.warning,
      ['ExportFailed']
    ),
    counted(
      'No answer',
      'Targets whose last poll gave no usable reply. Their data is as old as their last usable reply.',
      'max by (%(poll)s) (koreai_poll_up{%(target)s}) == 0' % q,
      'koreai_poll_up{%(target)s}' % q,
      colors.warning,
      ['PollStale', 'CredentialRefused', 'ScopeMissing']
    ),
  ];

  local all = problems.ofAll(config);
  local attention = panels.table(
    'Needs attention',
    'Current problems, the most urgent first, then the longest: a row for each problem, with how many bots (or exporters, budgets) have it, and the one that has had it for longest. The row Bots shows all of them.',
    [panels.rows(all.count), panels.rows(all.longest)],
    [
      { name: 'urgency', title: 'Urgency', mappings: style.urgency, width: 80 },
      { name: 'problem', title: 'Problem', width: 250 },
      { name: 'Value #A', title: 'How many', width: 90, decimals: 0 },
      botColumn { title: 'Longest: bot' },
      { name: 'at', title: 'Longest: exporter or budget' },
      { name: 'Value #B', title: 'For', unit: 's', width: 90, mappings: [{ type: 'value', options: { '0': { text: '–', index: 0 } } }] },
    ],
    ['Urgency', '-For'],
    'Nothing needs attention.',
    width=15,
    height=13
  );

  // What runs, as a label.
  local underWay(name, expr) = 'label_replace(topk(25,\n%s\n), "what", "%s", "", "")' % [lib.strip(expr), name];
  local underWayTable = panels.table(
    'Under way',
    'Trainings, exports and publishes that run or wait, the oldest on top. At most 25 of each.',
    [panels.rows(std.join('\nor\n', [
      underWay('ML training', 'max by (bot, language, state) (%s)' % queries.running(q.target + ',engine="ml"')),
      underWay('FAQ training', 'max by (bot, language, state) (%s)' % queries.running(q.target + ',engine="faq"')),
      underWay(
        'Export',
        |||
          time() - max by (bot) (koreai_export_start_timestamp_seconds{%(bot)s})
          and
          max by (bot) (koreai_export_status{%(bot)s,status=~"pending|in_progress"}) == 1
        ||| % q
      ),
      underWay(
        'Publish',
        |||
          time() - max by (bot) (koreai_publish_start_timestamp_seconds{%(bot)s})
          and
          max by (bot) (koreai_publish_status{%(bot)s,status=~"pending|in_progress"}) == 1
        ||| % q
      ),
    ]))],
    [
      { name: 'what', title: 'What', width: 110 },
      botColumn,
      { name: 'language', title: 'Language', width: 80 },
      { name: 'state', title: 'State', width: 95 },
      { name: 'Value', title: 'For', unit: 's', width: 90 },
    ],
    ['-For'],
    'Nothing is known to be under way.',
    width=9,
    height=13
  );

  local worst(metric, words, matchers) = panels.rows(style.code(words, metric, matchers, 'bot'));
  local age(expr) = panels.rows('time() - ' + expr);
  local status(words) = { mappings: style.codes(words), width: 110 };
  local bots = {
    title: 'Bots',
    panels: [
      panels.table(
        'All bots',
        'A row for each bot: the worst status of its trainings, how long a model has lacked changes, and when it was last trained successfully. Filter a column to find the bots with one problem.',
        [
          panels.rows('sum by (bot) (1 - max by (%(poll)s) (koreai_poll_up{%(target)s}))' % q),
          worst('koreai_training_status', style.training, q.target + ',engine="ml",state="published"'),
          worst('koreai_training_status', style.training, q.target + ',engine="ml",state!="published"'),
          worst('koreai_training_status', style.training, q.target + ',engine="faq"'),
          age('min by (bot) (koreai_ml_out_of_sync_since_timestamp_seconds{%(target)s,state="published"})' % q),
          age('min by (bot) (koreai_ml_out_of_sync_since_timestamp_seconds{%(target)s,state!="published"})' % q),
          worst('koreai_export_status', style.job, q.bot),
          age('max by (bot) (koreai_training_last_success_timestamp_seconds{%(target)s})' % q),
          worst('koreai_publish_status', style.job, q.bot),
          age('max by (bot) (koreai_publish_last_success_timestamp_seconds{%(bot)s})' % q),
          panels.rows('max by (bot) (koreai_bot_published{%(bot)s})' % q),
        ],
        [
          botColumn,
          {
            name: 'Value #A',
            title: 'No answer',
            width: 90,
            thresholds: panels.limits([[1, colors.warning]]),
          },
          status(style.training) { name: 'Value #B', title: 'Published' },
          status(style.training) { name: 'Value #C', title: 'In development' },
          status(style.training) { name: 'Value #D', title: 'FAQs' },
          {
            name: 'Value #E',
            title: 'Published out of sync',
            unit: 's',
            width: 150,
            thresholds: panels.limits([[config.publishedOutOfSync, colors.bad]]),
          },
          {
            name: 'Value #F',
            title: 'In development out of sync',
            unit: 's',
            width: 180,
            thresholds: panels.limits([[config.outOfSyncForLong, colors.warning]]),
          },
          status(style.job) { name: 'Value #G', title: 'Export' },
          { name: 'Value #H', title: 'Last good training', unit: 's', width: 140 },
          status(style.job) { name: 'Value #I', title: 'Publish' },
          { name: 'Value #J', title: 'Published ago', unit: 's', width: 110 },
          { name: 'Value #K', title: 'Published version', width: 130, mappings: style.published },
        ],
        ['-Published', '-In development', '-No answer'],
        'No bot is watched: see the tile Exporters down.',
        width=24,
        height=14
      ) + alerts(['PollStale', 'PublishedModelOutOfSync', 'ModelOutOfSyncForLong']),
    ],
  };

  local trainings = {
    title: 'Trainings',
    panels: [
      panels.timeSeries(
        'Trainings by status',
        'How many trainings (ML and FAQ, of each bot, language and state) are in each status.',
        'short',
        [panels.range(
          'sum by (status) (max by (%(training)s, status) (koreai_training_status{%(target)s}))' % q,
          '{{status}}'
        )],
        'No training is known in this time range.',
        width=12
      ) + panels.minStep('1m') + panels.stacked + panels.byStatus(style.training) { maxDataPoints: 120 },
      panels.counts(
        'Trainings that ended',
        'Trainings (ML and FAQ) that ended in each interval, successful or failed; the legend has the sums.',
        runs.ended(['koreai_training', 'runs'], q.target, q.training),
        runs.none
      ) + runs.endings,
      panels.stateTimeline(
        'Trainings in trouble',
        'The 20 trainings whose status was failed for most of the time range.',
        [panels.range(
          |||
            %(code)s
            and on (%(training)s)
            topk(20, max by (%(training)s) (count_over_time((koreai_training_status{%(target)s,status="failed"} == 1)[$__range:10m] @ end())))
          ||| % (q { code: style.code(style.training, 'koreai_training_status', q.target, q.training) }),
          '{{bot}} {{engine}} {{language}} {{state}}'
        )],
        style.codes(style.training),
        'No training failed in this time range, as far as is known.',
        height=10
      ) + panels.minStep('1m'),
      runs.durations(
        'How long trainings took',
        'Trainings that ended in the time range and were seen to start and end.',
        'koreai_training_duration_seconds',
        q.target,
        q.training,
        'engine, state',
        [{ name: 'engine', title: 'Engine', width: 80 }, { name: 'state', title: 'State', width: 110 }]
      ),
      panels.table(
        'Longest last runs',
        'The 25 trainings whose last run took longest. Orange: from the duration at which the alert for a stuck training can fire.',
        [panels.rows('topk(25, max by (%(training)s) (koreai_training_last_duration_seconds{%(target)s}))' % q)],
        [
          botColumn,
          { name: 'engine', title: 'Engine', width: 90 },
          { name: 'language', title: 'Language', width: 100 },
          { name: 'state', title: 'State', width: 110 },
          {
            name: 'Value',
            title: 'Took',
            unit: 's',
            width: 120,
            thresholds: panels.limits([[config.trainingStuck.floor, colors.warning]]),
          },
        ],
        ['-Took'],
        'No training was seen to start and end yet.'
      ) + alerts(['TrainingSlow', 'TrainingStuck']),
    ],
  };

  local drift = {
    title: 'Drift',
    panels: [
      panels.timeSeries(
        'Models out of sync, by component',
        'How many models lack changes of each component: sentences, synonyms, traits and so on.',
        'short',
        [panels.range(
          |||
            count by (component) (
              max by (bot, language, state, component) (koreai_ml_out_of_sync_since_timestamp_seconds{%(target)s})
            )
          ||| % q,
          '{{component}}'
        )],
        'No model is known to have been out of sync in this time range.',
        width=24
      ) + panels.minStep('1m') + panels.stacked + panels.shades(colors.warning),
    ],
  };

  local publishes = {
    title: 'Publishes',
    panels: [
      panels.table(
        'Latest publishes',
        'A row for each bot whose publishes are watched: the status of the latest one, how many of its parts failed, when the bot was last published successfully, and how long a newer successful training has waited for a publish.',
        [
          worst('koreai_publish_status', style.job, q.bot),
          panels.rows('sum by (bot) (max by (bot, part) (koreai_publish_part_failed{%(bot)s})) > 0' % q),
          age('max by (bot) (koreai_publish_last_success_timestamp_seconds{%(bot)s})' % q),
          panels.rows(queries.unpublished(q.target, q.bot)),
        ],
        [
          botColumn,
          status(style.job) { name: 'Value #A', title: 'Publish' },
          { name: 'Value #B', title: 'Failed parts', width: 110, thresholds: panels.limits([[1, colors.bad]]) },
          { name: 'Value #C', title: 'Published ago', unit: 's', width: 120 },
          {
            name: 'Value #D',
            title: 'Trained, not published for',
            unit: 's',
            width: 180,
            thresholds: panels.limits([[0, style.severities.info]]),
          },
        ],
        ['-Publish', '-Trained, not published for'],
        'No publish is known: the collector `publish` is off, or no exporter is scraped.'
      ),
      panels.counts(
        'Publishes that ended',
        'Publishes that ended in each interval, successful or failed; the legend has the sums.',
        runs.ended(['koreai_publish', 'jobs'], q.bot, 'bot'),
        runs.none
      ) + runs.endings,
      runs.durations(
        'How long publishes took',
        "Publishes of each bot that ended in the time range, by the platform's clock.",
        'koreai_publish_duration_seconds',
        q.bot,
        'bot',
        'bot',
        [botColumn]
      ),
      panels.timeSeries(
        'Failed parts of publishes',
        'Number of bots by the part that failed in their latest completed publish.',
        'short',
        [panels.range('sum by (part) (max by (bot, part) (koreai_publish_part_failed{%(bot)s})) > 0' % q, '{{part}}')],
        'No part of a publish is known to have failed in this time range.'
      ) + panels.minStep('1m') + panels.stacked + panels.shades(colors.bad),
    ],
  };

  local exports = {
    title: 'Exports',
    panels: [
      panels.timeSeries(
        'Exports by status',
        'How many bots have their latest export job in each status.',
        'short',
        [panels.range('sum by (status) (max by (%(export)s, status) (koreai_export_status{%(bot)s}))' % q, '{{status}}')],
        'No export is known in this time range.',
        width=12
      ) + panels.minStep('1m') + panels.stacked + panels.byStatus(style.job),
      panels.counts(
        'Exports that ended',
        'Export jobs that ended in each interval, successful or failed; the legend has the sums.',
        runs.ended(['koreai_export', 'jobs'], q.bot, q.export),
        runs.none
      ) + runs.endings,
      runs.durations(
        'How long exports took',
        "Export jobs that ended in the time range, by the platform's clock.",
        'koreai_export_duration_seconds',
        q.bot,
        q.export,
        'export',
        [{ name: 'export', title: 'Export', width: 130 }]
      ),
      panels.table(
        'Longest exports',
        'The 25 bots whose last export job took longest.',
        [panels.rows('topk(25, max by (%(export)s) (koreai_export_last_duration_seconds{%(bot)s}))' % q)],
        [
          botColumn,
          { name: 'export', title: 'Export' },
          {
            name: 'Value',
            title: 'Took',
            unit: 's',
            width: 120,
            thresholds: panels.limits([[config.exportSlow.floor, style.severities.info]]),
          },
        ],
        ['-Took'],
        'No export is known to have ended.'
      ) + alerts(['ExportSlow']),
    ],
  };

  shell.dashboard(config, {
    uid: config.dashboards.overview,
    title: 'Overview',
    description: 'All bots: what needs attention, and where. The rest is in collapsed rows.',
    variables: [
      shell.variables.datasource,
      shell.variables.job,
      shell.variables.instance,
      shell.variables.bot,
      shell.variables.language('bot=~"$bot"'),
      shell.variables.state('bot=~"$bot"'),
    ],
    annotations: [],
    first: tiles + [attention, underWayTable],
    rows: [bots, trainings, drift, publishes, exports],
  })
