local test = import 'lib.libsonnet';

local model(name, state, more='') = '%s{%s,language="en",state="%s"%s}' % [name, test.bot, state, more];
local flag(name, component, state) = model(name, state, ',component="%s"' % component);

// Of two components one is out of sync from `since` on. From the alert's 3rd to its 15th minute, replies leave out its
// flag, and that of the other one.
local drifting(state, since, begins=10) = function(ends) [
  [flag('koreai_ml_in_sync', 'sentences', state), [[0, 1], [begins, 0], [ends - 17, null], [ends - 5, 0], [ends, 1]]],
  [flag('koreai_ml_in_sync', 'traits', state), [[0, 1], [ends - 17, null], [ends - 5, 1]]],
  [flag('koreai_ml_drifts_total', 'sentences', state), [[0, 0], [begins, 1]]],
  [flag('koreai_ml_drifts_total', 'traits', state), [[0, 0]]],
  [
    flag('koreai_ml_out_of_sync_since_timestamp_seconds', 'sentences', state),
    [[0, null], [begins, since], [ends, null]],
  ],
];

test.file([
  test.alert({
    alert: 'PublishedModelOutOfSync',
    severity: 'critical',
    fires: 27,
    series: drifting('published', 600),
    labels: { language: 'en', state: 'published' },
    summary: 'A published model was not trained with what was published.',
    description(minute):: 'The published model of banking (en) has been out of sync with the published bot for %s.'
                          % test.human(minute * 60 - 600),
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
    description(minute):: 'The model of banking (en, configured) has been out of sync with what was changed for %s.'
                          % test.human(minute * 60 + 85200),
  }),
  test.alert({
    alert: 'PublishedNeverTrained',
    severity: 'critical',
    fires: 27,
    series(ends):: [
      [flag('koreai_ml_in_sync', 'sentences', 'published'), [[0, 0], [ends - 17, null], [ends - 5, 0], [ends, 1]]],
      [flag('koreai_ml_in_sync', 'traits', 'published'), [[0, 0], [ends - 17, null]]],
      [flag('koreai_ml_drifts_total', 'sentences', 'published'), [[0, 0]]],
      [flag('koreai_ml_drifts_total', 'traits', 'published'), [[0, 0]]],
      [flag('koreai_ml_out_of_sync_since_timestamp_seconds', 'sentences', 'published'), [[0, 600], [ends, null]]],
      [flag('koreai_ml_out_of_sync_since_timestamp_seconds', 'traits', 'published'), [[0, 600]]],
      [model('koreai_ml_train_version', 'published'), [[0, 0]]],
    ],
    labels: { language: 'en', state: 'published' },
    summary: 'A bot was changed and published, and its model was never trained.',
    description(minute):: 'Nothing of the published bot banking (en) is in its model, and no training of it is known; '
                          + 'so for %s.' % test.human(minute * 60 - 600),
  }),
  test.silent({
    alert: 'PublishedNeverTrained',
    case: 'one component of two is out of sync, and replies leave out the other one',
    end: 45,
    series: drifting('published', 600)(47),
  }),
  test.silent({
    alert: 'PublishedNeverTrained',
    case: 'it was trained, as its version shows',
    end: 40,
    series: [
      [flag('koreai_ml_in_sync', 'sentences', 'published'), [[0, 0]]],
      [flag('koreai_ml_drifts_total', 'sentences', 'published'), [[0, 0]]],
      [flag('koreai_ml_out_of_sync_since_timestamp_seconds', 'sentences', 'published'), [[0, 0]]],
      [model('koreai_ml_train_version', 'published'), [[0, 1]]],
    ],
  }),
  test.silent({
    alert: 'PublishedNeverTrained',
    case: 'it was trained, as a success shows',
    end: 40,
    series: [
      [flag('koreai_ml_in_sync', 'sentences', 'published'), [[0, 0]]],
      [flag('koreai_ml_drifts_total', 'sentences', 'published'), [[0, 0]]],
      [flag('koreai_ml_out_of_sync_since_timestamp_seconds', 'sentences', 'published'), [[0, 0]]],
      [
        'koreai_training_last_success_timestamp_seconds{%s,engine="ml",language="en",state="published"}' % test.bot,
        [[0, 0]],
      ],
    ],
  }),
])
