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
  [target('koreai_training_last_completion_timestamp_seconds', engine, state), [[0, 1], [10, 590], [ends, 5000]]],
  [target('koreai_training_last_success_timestamp_seconds', engine, state), [[0, 1], [ends, 5000]]],
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
    description(minute, seen):: 'The last ML training of banking (en, published) failed at %s. '
                          % test.time(590) + 'The published model is the one from before it.',
  }),
  test.alert({
    alert: 'TrainingFailed',
    severity: 'warning',
    fires: 11,
    series: failing('ml', 'configured'),
    labels: { engine: 'ml', language: 'en', state: 'configured' },
    summary: 'The training of a model in development failed.',
    description(minute, seen):: 'The last ML training of banking (en, configured) failed at %s.'
                          % test.time(590),
  }),
  test.alert({
    alert: 'FAQTrainingFailed',
    severity: 'warning',
    fires: 11,
    series: failing('faq', 'published'),
    labels: { engine: 'faq', language: 'en', state: 'published' },
    summary: 'The training of FAQs failed.',
    description(minute, seen):: 'The last FAQ training of banking (en, published) failed at %s.'
                          % test.time(590),
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
    description(minute, seen)::
      'The ml training of banking (en, configured) has been running for %s. The usual duration is 5m 0s.' % test.human((seen - 10) * 60),
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
    sites: ['plain'],
    fires: 132,
    series: running,
    labels: { engine: 'ml', language: 'en', state: 'configured' },
    summary: 'A training runs far longer than usual.',
    description(minute, seen)::
      'The ml training of banking (en, configured) has been running for %s. The usual duration is not known.'
      % test.human((seen - 10) * 60),
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
    description(minute, seen):: 'The faq training of banking (en, configured) has been queued for more than 30 min. '
                                + 'The usual duration is not known.',
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
    description(minute, seen):: 'The last ml training of banking (en, configured) took 17m 1s. The usual duration is 8m 0s.',
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

  // Stories: what installations live through.
  test.story({
    alert: 'TrainingFailed',
    severity: 'critical',
    case: 'of two exporters, one sees the success minutes before the other',
    end: 60,
    every: 5,
    fires: [[11, 29]],
    series: [
      [std.strReplace(line[0], 'exporter:10573', instance), line[1]]
      for instance in ['a:10573', 'b:10573']
      for line in
        local ends = if instance == 'a:10573' then 30 else 40;
        [
          [status('failed', 'ml', 'published'), [[0, 0], [10, 1], [ends, 0]]],
          [status('finished', 'ml', 'published'), [[0, 1], [10, 0], [ends, 1]]],
          [
            target('koreai_training_last_completion_timestamp_seconds', 'ml', 'published'),
            [[0, 1], [10, 590], [ends, ends * 60]],
          ],
          [target('koreai_training_last_success_timestamp_seconds', 'ml', 'published'), [[0, 1], [ends, ends * 60]]],
        ] + test.background
    ],
    labels: { engine: 'ml', language: 'en', state: 'published' },
    summary: 'The training of a published model failed.',
    description: 'The last ML training of banking (en, published) failed at %s. ' % test.time(590)
                 + 'The published model is the one from before it.',
  }),
  test.story({
    alert: 'TrainingFailed',
    severity: 'critical',
    case: 'the platform cannot be asked for 40 minutes, and then the training is seen to have failed still',
    end: 120,
    fires: [[11, 99]],
    series: [
      [status('failed', 'ml', 'published'), [[0, 0], [10, 1], [35, null], [60, 1], [100, 0]]],
      [status('finished', 'ml', 'published'), [[0, 1], [10, 0], [35, null], [60, 0], [100, 1]]],
    ] + [
      [target('koreai_training_last_' + what + '_timestamp_seconds', 'ml', 'published'), segments]
      for what in ['completion', 'success']
      for segments in [
        if what == 'success' then [[0, 1], [35, null], [60, 1], [100, 6000]]
        else [[0, 1], [10, 590], [35, null], [60, 590], [100, 6000]],
      ]
    ] + test.background,
    labels: { engine: 'ml', language: 'en', state: 'published' },
    summary: 'The training of a published model failed.',
    description: 'The last ML training of banking (en, published) failed at %s. ' % test.time(590)
                 + 'The published model is the one from before it.',
  }),
  test.story({
    alert: 'TrainingFailed',
    severity: 'critical',
    case: 'nothing is known for more than an hour',
    end: 120,
    // Series are looked back for, for 5 minutes; then an hour.
    fires: [[11, 99]],
    series: [
      [status('failed', 'ml', 'published'), [[0, 0], [10, 1], [35, null]]],
      [target('koreai_training_last_completion_timestamp_seconds', 'ml', 'published'), [[0, 1], [10, 590], [35, null]]],
      [target('koreai_training_last_success_timestamp_seconds', 'ml', 'published'), [[0, 1], [35, null]]],
    ] + test.background,
    labels: { engine: 'ml', language: 'en', state: 'published' },
    summary: 'The training of a published model failed.',
    description: 'The last ML training of banking (en, published) failed at %s. ' % test.time(590)
                 + 'The published model is the one from before it.',
  }),
  test.story({
    alert: 'TrainingFailed',
    severity: 'critical',
    case: 'the bot is taken from the configuration, or gets another name',
    end: 60,
    fires: [[11, 39]],
    series: [
      [status('failed', 'ml', 'published'), [[0, 0], [10, 1], [35, null]]],
      [target('koreai_training_last_completion_timestamp_seconds', 'ml', 'published'), [[0, 1], [10, 590], [35, null]]],
      [target('koreai_training_last_success_timestamp_seconds', 'ml', 'published'), [[0, 1], [35, null]]],
      ['koreai_polls_delayed_total{%s}' % test.bot, [[0, 0], [35, null]]],
      ['koreai_exporter_config_last_reload_successful{%s}' % test.exporter, [[0, 1]]],
    ],
    labels: { engine: 'ml', language: 'en', state: 'published' },
    summary: 'The training of a published model failed.',
    description: 'The last ML training of banking (en, published) failed at %s. ' % test.time(590)
                 + 'The published model is the one from before it.',
  }),
  test.story({
    alert: 'TrainingFailed',
    severity: 'critical',
    case: 'it had failed before anybody watched, and the exporter cannot know when',
    end: 60,
    every: 5,
    fires: [[1, 29]],
    series: [
      [status('failed', 'ml', 'published'), [[0, 1], [30, 0]]],
      [status('finished', 'ml', 'published'), [[0, 0], [30, 1]]],
    ] + test.background,
    labels: { engine: 'ml', language: 'en', state: 'published' },
    summary: 'The training of a published model failed.',
    description: 'The last ML training of banking (en, published) failed. The published model is the one from before it.',
  }),
  test.story({
    alert: 'TrainingFailed',
    severity: 'warning',
    case: 'the exporter loses its store, and knows that it failed, but not when',
    end: 180,
    fires: [[11, 149]],
    series: [
      [status('failed'), [[0, 0], [10, 1], [150, 0]]],
      [status('finished'), [[0, 1], [10, 0], [150, 1]]],
      [target('koreai_training_last_completion_timestamp_seconds'), [[0, 1], [10, 590], [30, null], [150, 9000]]],
      [target('koreai_training_last_success_timestamp_seconds'), [[0, 1], [30, null], [150, 9000]]],
    ] + test.background,
    labels: { engine: 'ml', language: 'en', state: 'configured' },
    summary: 'The training of a model in development failed.',
    description: 'The last ML training of banking (en, configured) failed at %s.' % test.time(590),
  }),
  test.story({
    alert: 'FAQTrainingFailed',
    severity: 'warning',
    case: 'nobody trains again: it ends after a day',
    end: 1500,
    every: 120,
    fires: [[11, 1449]],
    series: [
      [status('failed', 'faq'), [[0, 0], [10, 1]]],
      [target('koreai_training_last_completion_timestamp_seconds', 'faq'), [[0, 1], [10, 590]]],
      [target('koreai_training_last_success_timestamp_seconds', 'faq'), [[0, 1]]],
    ] + test.background,
    labels: { engine: 'faq', language: 'en', state: 'configured' },
    summary: 'The training of FAQs failed.',
    description: 'The last FAQ training of banking (en, configured) failed at %s.' % test.time(590),
  }),
  test.silent({
    alert: 'FAQTrainingFailed',
    case: 'the first day of an old estate, whose FAQs failed to train a week ago',
    end: 30,
    series: [
      [status('failed', 'faq'), [[0, 1]]],
      [target('koreai_training_last_completion_timestamp_seconds', 'faq'), [[0, -7 * 86400]]],
    ] + test.background,
  }),
  test.silent({
    alert: 'TrainingFailed',
    case: 'the first day of an old estate, whose model in development failed to train at some time',
    end: 30,
    series: [[status('failed'), [[0, 1]]]] + test.background,
  }),
  test.story({
    alert: 'TrainingStuck',
    severity: 'warning',
    case: 'the exporter loses its store, and takes the run and its history for new',
    end: 100,
    fires: [[42, 79]],
    series: [
      [target('koreai_training_duration_seconds_sum'), [[0, 1800], [50, 0]]],
      [target('koreai_training_duration_seconds_count'), [[0, 6], [50, 0]]],
      [target('koreai_training_last_duration_seconds'), [[0, 300], [50, null]]],
      [status('in_progress'), [[0, 0], [10, 1], [80, 0]]],
      [status('finished'), [[0, 1], [10, 0], [80, 1]]],
      [target('koreai_training_last_start_timestamp_seconds'), [[0, 0], [10, 600], [50, 3000]]],
      [polled, [[0, '0+60']]],
    ] + test.background,
    gaps: [49],
    labels: { engine: 'ml', language: 'en', state: 'configured' },
    summary: 'A training runs far longer than usual.',
    description(minute)::
      'The ml training of banking (en, configured) has been running for %s. The usual duration is 5m 0s.'
      % test.human((if minute == 49 then 48 - 10 else minute - 10) * 60),
  }),
  test.silent({
    alert: 'TrainingStuck',
    case: 'runs follow each other without a poll between them, and the store is lost between two',
    end: 100,
    series: history + [
      [status('in_progress'), [[0, 0], [10, 1], [35, 0], [60, 1]]],
      [status('finished'), [[0, 1], [10, 0], [35, 1], [60, 0]]],
      [target('koreai_training_last_start_timestamp_seconds'), [[0, 0], [10, 600], [30, 1800], [40, null], [60, 3600], [85, 5100]]],
      [target('koreai_training_last_completion_timestamp_seconds'), [[0, 0], [30, 1790], [35, 2090], [40, null], [85, 5090]]],
      [polled, [[0, '0+60']]],
    ] + test.background,
  }),
])
