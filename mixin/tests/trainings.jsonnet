local test = import 'lib.libsonnet';

local target(name, engine='ml', state='configured', more='') =
  '%s{%s,engine="%s",language="en",state="%s"%s}' % [name, test.bot, engine, state, more];
local status(word, engine='ml', state='configured') =
  target('koreai_training_status', engine, state, ',status="%s"' % word);
local polled = 'koreai_poll_last_success_timestamp_seconds{%s,collector="ml_training",language="en",state="configured"}'
               % test.bot;

// Two runs that failed, the second one after ten minutes; a retry from the 15th minute of the alert on; a success.
local failing(engine, state) = function(ends) [
  [status('finished', engine, state), [[0, 1], [10, 0], [ends, 1]]],
  [status('in_progress', engine, state), [[0, 0], [ends - 5, 1], [ends, 0]]],
  [status('failed', engine, state), [[0, 0], [10, 1], [ends - 5, 0]]],
  [target('koreai_training_failures_total', engine, state), [[0, 1], [10, 2]]],
  [target('koreai_training_last_completion_timestamp_seconds', engine, state), [[0, 0], [10, 590], [ends, 5000]]],
  [target('koreai_training_last_success_timestamp_seconds', engine, state), [[0, 0], [ends, 5000]]],
];

// Six runs of 5 minutes each.
local history = [
  [target('koreai_training_duration_seconds_sum'), [[0, 1800]]],
  [target('koreai_training_duration_seconds_count'), [[0, 6]]],
  [target('koreai_training_last_duration_seconds'), [[0, 300]]],
];
// One that begins after 10 minutes.
local running(ends) = [
  [status('in_progress'), [[0, 0], [10, 1], [ends, 0]]],
  [target('koreai_training_last_start_timestamp_seconds'), [[0, 0], [10, 600]]],
  [polled, [[0, '0+60']]],
];

// Its trainings are asked for so often, in seconds.
local asked(seconds) = [
  [
    'koreai_poll_interval_seconds{%s,collector="%s",language="en",state="configured"}' % [test.bot, collector],
    [[0, seconds]],
  ]
  for collector in ['ml_training', 'faq_training']
];
// Five runs of 8 minutes, then one of so many seconds.
local longer(seconds) = [
  [target('koreai_training_duration_seconds_sum'), [[0, 2400], [27, 2400 + seconds]]],
  [target('koreai_training_duration_seconds_count'), [[0, 5], [27, 6]]],
  [target('koreai_training_last_duration_seconds'), [[0, 480], [27, seconds]]],
  [target('koreai_training_last_completion_timestamp_seconds'), [[0, 0], [27, 1680]]],
];

test.file([
  test.alert({
    alert: 'TrainingFailed',
    severity: 'critical',
    fires: 11,
    series: failing('ml', 'published'),
    labels: { engine: 'ml', language: 'en', state: 'published' },
    summary: 'The training of a published model failed.',
    description(minute):: 'The last ML training of banking (en, published) failed. '
                          + 'Failed runs that the exporter counted so far: 2.',
  }),
  test.alert({
    alert: 'TrainingFailed',
    severity: 'warning',
    fires: 11,
    series: failing('ml', 'configured'),
    labels: { engine: 'ml', language: 'en', state: 'configured' },
    summary: 'The training of a model in development failed.',
    description(minute):: 'The last ML training of banking (en, configured) failed. '
                          + 'Failed runs that the exporter counted so far: 2.',
  }),
  test.alert({
    alert: 'FAQTrainingFailed',
    severity: 'warning',
    fires: 11,
    series: failing('faq', 'published'),
    labels: { engine: 'faq', language: 'en', state: 'published' },
    summary: 'The training of FAQs failed.',
    description(minute):: 'The last FAQ training of banking (en, published) failed. '
                          + 'Failed runs that the exporter counted so far: 2.',
  }),
  test.silent({
    alert: 'TrainingFailed',
    case: 'FAQs have an alert of their own',
    end: 15,
    series: failing('faq', 'published')(40),
  }),
  // Three times 5 minutes is below the floor of 30: so it fires when these are over, and another minute.
  test.alert({
    alert: 'TrainingStuck',
    severity: 'warning',
    case: 'a bot that is trained quickly',
    fires: 42,
    series(ends):: history + running(ends),
    labels: { engine: 'ml', language: 'en', state: 'configured' },
    summary: 'A training runs far longer than usual.',
    // A scrape that is missed leaves it at what was seen.
    description(minute)::
      local gaps = { '47': 46, '52': 51, '53': 51 };
      local seen = if '%d' % minute in gaps then gaps['%d' % minute] else minute;
      'The ml training of banking (en, configured) has been running for %s.' % test.human((seen - 10) * 60),
  }),
  // Without a history after two hours; with one of 20 minutes a run after one.
  test.silent({
    alert: 'TrainingStuck',
    case: 'a run of two hours without a history',
    end: 130,
    series: running(131),
  }),
  test.alert({
    alert: 'TrainingStuck',
    severity: 'warning',
    case: 'without a history',
    fires: 132,
    series: running,
    labels: { engine: 'ml', language: 'en', state: 'configured' },
    summary: 'A training runs far longer than usual.',
    description(minute)::
      local gaps = { '137': 136, '142': 141, '143': 141 };
      local seen = if '%d' % minute in gaps then gaps['%d' % minute] else minute;
      'The ml training of banking (en, configured) has been running for %s.' % test.human((seen - 10) * 60),
  }),
  test.silent({
    alert: 'TrainingStuck',
    case: 'an hour where 20 minutes are usual',
    end: 70,
    series: running(100) + [
      [target('koreai_training_duration_seconds_sum'), [[0, 7200]]],
      [target('koreai_training_duration_seconds_count'), [[0, 6]]],
      [target('koreai_training_last_duration_seconds'), [[0, 1200]]],
    ],
  }),
  test.silent({
    alert: 'TrainingStuck',
    case: 'polls have failed since it was seen running for 29 minutes',
    end: 80,
    series: history + [
      [status('in_progress'), [[0, 0], [10, 1]]],
      [target('koreai_training_last_start_timestamp_seconds'), [[0, 0], [10, 600]]],
      [polled, [[0, '0+60'], [39, 2340]]],
    ],
  }),
  test.alert({
    alert: 'TrainingQueued',
    severity: 'warning',
    fires: 41,
    series(ends):: [
      [status('queued', 'faq'), [[0, 0], [10, 1], [ends, 0]]],
      [status('in_progress', 'faq'), [[0, 0], [ends, 1]]],
    ],
    labels: { engine: 'faq', language: 'en', state: 'configured' },
    summary: 'A training is queued and does not begin.',
    description(minute):: 'The faq training of banking (en, configured) has been queued for more than 30 min (queued: 1).',
  }),
  // Told for an hour.
  test.alert({
    alert: 'TrainingSlow',
    severity: 'info',
    fires: 28,
    lag: 40,
    series(ends):: longer(1021) + asked(60),
    labels: { engine: 'ml', language: 'en', state: 'configured' },
    summary: 'A training took much longer than usual.',
    description(minute):: 'The last ml training of banking (en, configured) took 17m 1s, more than 2 times as long as usual.',
  }),
  test.silent({
    alert: 'TrainingSlow',
    case: 'twice as long as usual and a minute more, with polls that are a minute apart',
    end: 40,
    series: longer(1020) + asked(60),
  }),
  test.silent({
    alert: 'TrainingSlow',
    case: 'four minutes more than that, with polls that are five minutes apart',
    end: 40,
    series: longer(1200) + asked(300),
  }),
  test.silent({
    alert: 'TrainingSlow',
    case: 'three times as long as usual, but only 10 minutes',
    end: 40,
    series: asked(60) + [
      [target('koreai_training_duration_seconds_sum'), [[0, 1000], [27, 1600]]],
      [target('koreai_training_duration_seconds_count'), [[0, 5], [27, 6]]],
      [target('koreai_training_last_duration_seconds'), [[0, 200], [27, 600]]],
      [target('koreai_training_last_completion_timestamp_seconds'), [[0, 0], [27, 1620]]],
    ],
  }),
])
