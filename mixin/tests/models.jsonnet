local test = import 'lib.libsonnet';

local model(name, state, more='') = '%s{%s,language="en",state="%s"%s}' % [name, test.bot, state, more];
local flag(name, component, state) = model(name, state, ',component="%s"' % component);

// Of two components one is out of sync from `since` on. From the alert's 3rd to its 15th minute, replies leave out its
// flag, and that of the other one.
local drifting(state, since, begins=10) = function(ends) [
  ['koreai_training_status{%s,engine="ml",language="en",state="%s",status="in_progress"}' % [test.bot, state], [[0, 0]]],
  [flag('koreai_ml_in_sync', 'sentences', state), [[0, 1], [begins, 0], [ends - 17, null], [ends - 5, 0], [ends, 1]]],
  [flag('koreai_ml_in_sync', 'traits', state), [[0, 1], [ends - 17, null], [ends - 5, 1]]],
  [flag('koreai_ml_drifts_total', 'sentences', state), [[0, 0], [begins, 1]]],
  [flag('koreai_ml_drifts_total', 'traits', state), [[0, 0]]],
  [
    flag('koreai_ml_out_of_sync_since_timestamp_seconds', 'sentences', state),
    [[0, null], [begins, since], [ends, null]],
  ],
];

// A training of the published version.
local published(word, segments, start) = [
  ['koreai_training_status{%s,engine="ml",language="en",state="published",status="%s"}' % [test.bot, word], segments],
] + (if start == null then [] else [[
  'koreai_training_last_start_timestamp_seconds{%s,engine="ml",language="en",state="published"}' % test.bot,
  [[0, 1], [start / 60, start]],
]]);

test.file([
  test.alert({
    alert: 'PublishedModelOutOfSync',
    severity: 'critical',
    fires: 27,
    series: drifting('published', 600),
    labels: { language: 'en', state: 'published' },
    summary: 'A published model was not trained with what was published.',
    description(minute, seen):: 'The published model of banking (en) has been out of sync with the published bot since %s, '
                                % test.time(600) + 'in 1 components.',
  }),
  test.silent({
    alert: 'PublishedModelOutOfSync',
    case: 'a drift in development, and one for 15 minutes',
    end: 25,
    series: drifting('configured', -100000)(50) + drifting('published', 600)(50),
  }),
  // A day before what Prometheus sees first.
  test.alert({
    alert: 'ModelOutOfSyncForLong',
    severity: 'warning',
    fires: 22,
    series: drifting('configured', -85200),
    labels: { language: 'en', state: 'configured' },
    summary: 'Changes in development have waited long for a training.',
    description(minute, seen):: 'The model of banking (en, configured) has been out of sync with what was changed '
                                + 'since %s, in 1 components.' % test.time(-85200),
  }),
  // The training that mends it.
  test.story({
    alert: 'PublishedModelOutOfSync',
    severity: 'critical',
    case: 'the training that mends it begins before it fires; it fails',
    end: 70,
    fires: [[51, 70]],
    series: drifting('published', 600)(1000)[1:] + published('in_progress', [[0, 0], [20, 1], [50, 0]], 1200) + test.background,
    labels: { language: 'en', state: 'published' },
    summary: 'A published model was not trained with what was published.',
    description: 'The published model of banking (en) has been out of sync with the published bot since %s, '
                 % test.time(600) + 'in 1 components.',
  }),
  test.story({
    alert: 'PublishedModelOutOfSync',
    severity: 'critical',
    case: 'the training that mends it begins when it fires already: it is not over before it is mended',
    end: 70,
    fires: [[27, 49]],
    series: drifting('published', 600)(50)[1:] + published('in_progress', [[0, 0], [40, 1], [50, 0]], 2400) + test.background,
    labels: { language: 'en', state: 'published' },
    summary: 'A published model was not trained with what was published.',
    description: 'The published model of banking (en) has been out of sync with the published bot since %s, '
                 % test.time(600) + 'in 1 components.',
  }),
  test.silent({
    alert: 'PublishedModelOutOfSync',
    case: 'the publish that trains it runs',
    end: 60,
    series: drifting('published', 600)(1000) + test.background + [
      ['koreai_publish_status{%s,status="in_progress"}' % test.bot, [[0, 0], [11, 1]]],
      ['koreai_publish_start_timestamp_seconds{%s}' % test.bot, [[0, -9000], [11, 650]]],
    ],
  }),
  test.story({
    alert: 'PublishedModelOutOfSync',
    severity: 'critical',
    case: 'the platform cannot be asked for 40 minutes, and the exporter loses its store meanwhile',
    end: 120,
    fires: [[27, 99]],
    series: published('in_progress', [[0, 0], [35, null], [70, 0]], null) + test.background + [
      [flag('koreai_ml_in_sync', 'sentences', 'published'), [[0, 1], [10, 0], [35, null], [70, 0], [100, 1]]],
      [
        flag('koreai_ml_out_of_sync_since_timestamp_seconds', 'sentences', 'published'),
        [[0, null], [10, 600], [35, null], [70, 4200], [100, null]],
      ],
    ],
    labels: { language: 'en', state: 'published' },
    summary: 'A published model was not trained with what was published.',
    description(minute): 'The published model of banking (en) has been out of sync with the published bot since %s%s.'
                         % [test.time(600), if minute < 40 || minute >= 70 then ', in 1 components' else ''],
  }),
  test.silent({
    alert: 'PublishedModelOutOfSync',
    case: 'it was trained, and drifts anew for less than 15 minutes',
    end: 50,
    series: published('in_progress', [[0, 0]], null) + test.background + [
      [flag('koreai_ml_in_sync', 'sentences', 'published'), [[0, 1], [10, 0], [22, 1], [23, 0], [37, 1]]],
      [
        flag('koreai_ml_out_of_sync_since_timestamp_seconds', 'sentences', 'published'),
        [[0, null], [10, 600], [22, null], [23, 1380], [37, null]],
      ],
      [
        'koreai_training_last_success_timestamp_seconds{%s,engine="ml",language="en",state="published"}' % test.bot,
        [[0, 1], [22, 1320], [37, 2220]],
      ],
    ],
  }),
  test.alert({
    alert: 'OtherNLPVersion',
    severity: 'info',
    fires: 11,
    series(ends):: [
      [model('koreai_ml_nlp_version', 'configured'), [[0, 3]]],
      [model('koreai_ml_train_version', 'configured'), [[0, 3], [10, 2], [ends, 3]]],
    ],
    labels: { language: 'en', state: 'configured' },
    summary: 'A model was trained with another NLP version than its language is set to.',
    description(minute, seen)::
      'The model of banking (en, configured) was trained with NLP version 2, and the language is set to '
      // In a missed scrape.
      + (if seen == minute then 'version 3' else 'another one') + ': train it again.',
  }),
])
