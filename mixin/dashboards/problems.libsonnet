// What is wrong now. Each problem is a query that gives for how long it lasts, in seconds, and 0 where that is not known.
//
// The conditions and times are those of the alerts, and no recording rule is needed. Only `for` is left out: a problem is
// shown as soon as it is there.
local queries = import 'lib/queries.libsonnet';

local critical = 1;
local warning = 2;
local info = 3;

local strip = (import '../lib.libsonnet').strip;
local labelled(expr, name, value) = 'label_replace(\n%s,\n"%s", "%s", "", ""\n)' % [expr, name, value];

// q: queries.several or queries.one; only what has a label `bot` where `ofBot`
local conditions(q, config, ofBot) =
  local since(metric, matchers, by) = 'time() - max by (%s) (%s{%s})' % [by, metric, matchers];
  // For how long, or 0 where it is not known.
  local ago(age, condition) = '(%s)\nand\n%s\nor\n0 * %s' % [strip(age), strip(condition), strip(condition)];

  local failed(matchers) = ago(
    since('koreai_training_last_completion_timestamp_seconds', matchers, q.training),
    queries.failed(matchers)
  );
  local running = strip(queries.running(q.target));
  local usual = '(%s)' % strip(queries.usual(
    'koreai_training_duration_seconds', 'koreai_training_last_duration_seconds', q.target, q.training, config.usual.runs
  ));

  // Targets that no exporter gets an answer for. A reason is told by each exporter that asks.
  local unanswered(reason) = |||
    max by (%(poll)s, reason) (koreai_poll_failing{%(target)s,%(reason)s})
    unless on (%(poll)s)
    max by (%(poll)s) (koreai_poll_up{%(target)s}) == 1
  ||| % (q { reason: reason });
  local unansweredFor(reason) = |||
    (
      (%(unanswered)s) * on (%(poll)s) group_left ()
      (time() - max by (%(poll)s) (koreai_poll_last_success_timestamp_seconds{%(target)s}))
    )
    or
    0 * (%(unanswered)s)
  ||| % (q { unanswered: strip(unanswered(reason)) });

  local down = strip(|||
    max by (job, instance) (
      time() - max_over_time(timestamp(up{%(exporter)s} == 1)[$__range:1m]) and up{%(exporter)s} == 0
      or
      0 * (up{%(exporter)s} == 0)
    )
  ||| % q);

  local job(kind, by, matcher) = 'max by (%s) (koreai_%s_status{%s,%s}) == 1' % [by, kind, q.bot, matcher];

  [
    { urgency: critical, text: 'Published: training failed', expr: failed(q.target + ',engine="ml",state="published"') },
    {
      urgency: critical,
      text: 'Published: out of sync',
      expr: queries.outOfSync(q.target, 'published', config.publishedOutOfSync),
    },
    {
      urgency: critical,
      text: 'Publish failed',
      expr: ago(since('koreai_publish_last_completion_timestamp_seconds', q.bot, 'bot'), job('publish', 'bot', 'status="failed"')),
    },
    { urgency: critical, text: 'Credential refused', expr: unansweredFor('reason="auth"') },
    { urgency: warning, text: 'In development: training failed', expr: failed(q.target + ',engine="ml",state!="published"') },
    { urgency: warning, text: 'FAQ training failed', expr: failed(q.target + ',engine="faq"') },
    {
      urgency: warning,
      text: 'Training takes too long',
      expr: |||
        %(running)s
        >
        (
          clamp_min(%(factor)d * %(usual)s, %(floor)d)
          or
          %(withoutHistory)d + 0 * %(running)s
        )
      ||| % (config.trainingStuck { running: running, usual: usual }),
    },
    {
      urgency: warning,
      text: 'Training does not begin',
      expr: '%d * max by (%s) (min_over_time(koreai_training_status{%s,status="queued"}[%ds]) == 1 and koreai_training_status{%s,status="queued"} offset %ds == 1)'
            % [config.trainingQueued, q.training, q.target, config.trainingQueued, q.target, config.trainingQueued],
    },
    { urgency: warning, text: 'API scope missing', expr: unansweredFor('reason="scope"') },
    {
      // As old as that, or never answered.
      urgency: warning,
      text: 'No usable replies: $1',
      by: 'reason',
      expr: |||
        (%(age)s) > %(floor)d
        or
        0 * (%(silent)s
          unless on (%(poll)s)
          koreai_poll_last_success_timestamp_seconds{%(target)s})
      ||| % (q {
        age: strip(unansweredFor('reason!~"auth|scope"')),
        silent: strip(unanswered('reason!~"auth|scope"')),
        floor: config.pollStale.floor,
      }),
    },
    {
      urgency: warning,
      text: 'Export failed',
      expr: ago(since('koreai_export_last_update_timestamp_seconds', q.bot, q.export), job('export', q.export, 'status="failed"')),
    },
    {
      urgency: warning,
      text: 'Export without progress',
      expr: '(%s > %d)\nand\n%s' % [
        since('koreai_export_last_update_timestamp_seconds', q.bot, q.export),
        config.exportStuck,
        job('export', q.export, 'status=~"pending|in_progress"'),
      ],
    },
    {
      urgency: warning,
      text: 'Export without a file',
      expr: '(%s)\nand\nmax by (%s) (koreai_export_download_available{%s}) == 0' % [
        since('koreai_export_last_update_timestamp_seconds', q.bot, q.export),
        q.export,
        q.bot,
      ],
    },
    {
      urgency: warning,
      text: 'Publish takes too long',
      expr: '(%s > %d)\nand\n%s' % [
        since('koreai_publish_start_timestamp_seconds', q.bot, 'bot'),
        config.publishStuck,
        job('publish', 'bot', 'status=~"pending|in_progress"'),
      ],
    },
    {
      urgency: warning,
      text: 'Published: a part failed',
      expr: ago(
        since('koreai_publish_last_completion_timestamp_seconds', q.bot, 'bot'),
        'max by (bot) (koreai_publish_part_failed{%s}) == 1 and %s' % [q.bot, job('publish', 'bot', 'status="success"')]
      ),
    },
    {
      urgency: warning,
      text: 'Trained, not published since',
      expr: '%s > %d' % [strip(queries.unpublished(q.target, q.bot)), config.trainedNotPublished],
    },
    {
      urgency: info,
      text: 'Trained with another NLP version',
      expr: |||
        0 * (
          max by (%(model)s) (koreai_ml_nlp_version{%(target)s})
          !=
          max by (%(model)s) (koreai_ml_train_version{%(target)s})
        )
      ||| % q,
    },
    { urgency: warning, text: 'In development: out of sync', expr: queries.outOfSync(q.target, 'configured', config.outOfSyncForLong) },
    {
      urgency: critical,
      text: 'Not watched: exporter down',
      expr: |||
        max by (bot) (
          (last_over_time(koreai_bot_info{%(bot)s}[$__range]) unless on (bot) koreai_bot_info{%(bot)s})
          * on (job, instance) group_left ()
          %(down)s
        )
      ||| % (q { down: down }),
    },
  ] + (
    if ofBot then [] else [
      { urgency: critical, text: 'Exporter down', at: 'instance', expr: down },
      { urgency: critical, text: 'No exporter is scraped', expr: '0 * absent(up{%(exporter)s})' % q },
      {
        urgency: critical,
        text: 'Exporter watches nothing',
        at: 'instance',
        expr: '0 * (up{%(exporter)s} == 1 unless on (job, instance) koreai_exporter_targets{%(exporter)s} > 0)' % q,
      },
      {
        urgency: critical,
        text: 'Store cannot be written',
        at: 'instance',
        expr: '0 * (increase(koreai_exporter_store_write_failures_total{%s}[%ds]) > %d)'
              % [q.exporter, config.storeFailing.window, config.storeFailing.failures],
      },
      {
        urgency: warning,
        text: 'Configuration not usable',
        at: 'instance',
        expr: |||
          time() - koreai_exporter_config_last_reload_success_timestamp_seconds{%(exporter)s}
          and
          koreai_exporter_config_last_reload_successful{%(exporter)s} == 0
        ||| % q,
      },
      {
        urgency: warning,
        text: 'Refused for the rate of requests',
        at: 'budget',
        expr: '0 * (max by (budget) (increase(koreai_api_throttled_total{%s}[%ds])) >= %d)'
              % [q.exporter, config.throttled.window, config.throttled.refusals],
      },
      {
        urgency: warning,
        text: 'List of bots is old',
        at: 'discovery',
        expr: 'time() - max by (discovery) (koreai_discovery_last_success_timestamp_seconds{%s}) > %d'
              % [q.exporter, config.discoveryStale],
      },
      {
        urgency: warning,
        text: 'Canary or action failed (last day)',
        at: 'action',
        expr: '0 * (sum by (action) (%s) > 0)'
              % queries.growth('koreai_actions_total{%s,outcome=~"%s"}' % [q.exporter, config.actionOutcomes], '1d'),
      },
    ]
  );

// Every problem with the labels `problem`, `urgency` and those of `by`.
local rows(q, config, ofBot, by) =
  'max by (problem, urgency, %s) (\n%s\n)' % [
    by,
    std.join('\nor\n', [
      local named = 'label_replace(\n%s,\n"problem", "%s", "%s", "%s"\n)' % [
        strip(each.expr),
        each.text,
        if 'by' in each then each.by else '',
        if 'by' in each then '(.+)' else '',
      ];
      local placed = if 'at' in each then 'label_replace(%s, "at", "$1", "%s", "(.+)")' % [named, each.at] else named;
      labelled(placed, 'urgency', std.toString(each.urgency))
      for each in conditions(q, config, ofBot)
    ]),
  ];

{
  // All bots: a row for each problem, with how many have it and the one that has had it for longest.
  ofAll(config):
    local every = rows(queries.several, config, false, 'bot, at');
    {
      count: 'count by (problem, urgency) (\n%s\n)' % every,
      longest: 'topk by (problem, urgency) (1,\n%s\n)' % every,
    },

  // One bot: a row for each problem of each of its targets.
  ofBot(config): rows(queries.one, config, true, 'engine, collector, language, state'),
}
