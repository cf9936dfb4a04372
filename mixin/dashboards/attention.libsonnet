// What is wrong now, as one query: a row for each problem, which says how urgent it is and for how long it lasts.
//
// Each kind of problem gives at most `limit` rows, those that last longest, so that ten thousand bots with the same
// problem neither fill the table nor hide the other problems.
local limit = 25;
local training = 'bot, engine, language, state';
local model = 'bot, language, state';
local poll = 'bot, collector, language, state';

local labelled(expr, name, value) = 'label_replace(%s, "%s", "%s", "", "")' % [expr, name, value];

// age: a query for seconds
local problem(urgency, text, age) =
  local rows = 'topk(%d,\n%s\n)' % [limit, std.stripChars(age, ' \n')];
  labelled(labelled(rows, 'problem', text), 'urgency', urgency);

function(selectors, config)
  local q = selectors { by: training, model: model, poll: poll } + config;

  // Since the end of the run, or 0 s where it ended before the exporter saw the target. Only the few targets that failed
  // are aggregated.
  local failed(matchers) = |||
    time() - max by (%(by)s) (
      koreai_training_last_completion_timestamp_seconds{%(target)s,%(matchers)s}
      and
      target:koreai_training_failed:last{%(target)s,%(matchers)s}
    )
    or
    0 * max by (%(by)s) (target:koreai_training_failed:last{%(target)s,%(matchers)s})
  ||| % (q { matchers: matchers });

  local outOfSync(state, limit) =
    'max by (%s) (target:koreai_ml_out_of_sync_seconds:max{%s,state="%s"}) > %d' % [model, q.target, state, limit];

  // As the alert: against the usual duration where there is one.
  local stuck =
    local running = 'max by (%(by)s) (target:koreai_training_running_seconds:current{%(target)s})' % q;
    local usual = 'max by (%(by)s) (target:koreai_training_duration_seconds:usual{%(target)s})' % q;
    |||
      (%(running)s > %(floor)d and %(running)s > %(factor)d * %(usual)s)
      or
      (%(running)s > %(withoutHistory)d unless %(usual)s)
    ||| % (config.trainingStuck { running: running, usual: usual });

  // A row for each bot and reason, not for each of its targets.
  local unanswered(reason) = |||
    max by (bot, reason) (
      koreai_poll_failing{%(target)s,%(reason)s}
        * on (job, instance, %(poll)s) group_left ()
        (time() - koreai_poll_last_success_timestamp_seconds{%(target)s})
      or
      0 * koreai_poll_failing{%(target)s,%(reason)s}
    )
  ||| % (q { reason: reason });

  local export(condition) = |||
    time() - max by (bot, export) (
      koreai_export_last_update_timestamp_seconds{%s}
      and on (job, instance, bot, export)
      %s
    )
  ||| % [q.bot, condition % q];

  std.join('\nor\n', [
    problem(1, 'Published: training failed', failed('engine="ml",state="published"')),
    problem(1, 'Published: out of sync', outOfSync('published', config.publishedOutOfSync)),
    problem(1, 'Credential refused', unanswered('reason="auth"')),
    problem(2, 'In development: training failed', failed('engine="ml",state!="published"')),
    problem(2, 'FAQ training failed', failed('engine="faq"')),
    problem(2, 'Training takes too long', stuck),
    problem(2, 'No usable replies', unanswered('reason!="auth"')),
    problem(2, 'Export failed', export('koreai_export_status{%(bot)s,status="failed"} == 1')),
    problem(
      2,
      'Export without progress',
      '(%s) > %d' % [export('koreai_export_status{%(bot)s,status=~"pending|in_progress"} == 1'), config.exportStuck]
    ),
    problem(3, 'Export without a file', export('koreai_export_download_available{%(bot)s} == 0')),
    problem(3, 'In development: out of sync', outOfSync('configured', config.outOfSyncForLong)),
  ])
