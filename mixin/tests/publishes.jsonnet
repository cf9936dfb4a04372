local test = import 'lib.libsonnet';

local publish(name, more='') = '%s{%s%s}' % [name, test.bot, more];
local status(word) = publish('koreai_publish_status', ',status="%s"' % word);
local part(name) = publish('koreai_publish_part_failed', ',part="%s"' % name);
local success = publish('koreai_publish_last_success_timestamp_seconds');
local polled = 'koreai_poll_last_success_timestamp_seconds{%s,collector="publish",language="",state=""}' % test.bot;
local trained(language) =
  'koreai_training_last_success_timestamp_seconds{%s,engine="ml",language="%s",state="configured"}'
  % [test.bot, language];
local week = 7 * 86400;

// A publish that begins after 10 minutes and is under way from then on.
local hanging(ends) = [
  [polled, [[0, '0+60']]],
  [status('success'), [[0, 1], [10, 0], [ends, 1]]],
  [status('in_progress'), [[0, 0], [10, 1], [ends, 0]]],
  [status('pending'), [[0, 0]]],
  [publish('koreai_publish_start_timestamp_seconds'), [[0, -9000], [10, 600]]],
];

test.file([
  test.alert({
    alert: 'PublishFailed',
    severity: 'critical',
    fires: 11,
    series(ends):: [
      [status('failed'), [[0, 0], [10, 1], [ends, 0]]],
      [status('in_progress'), [[0, 1], [10, 0], [ends, 1]]],
      [publish('koreai_publish_last_completion_timestamp_seconds'), [[0, -9000], [10, 540]]],
      [part('nl'), [[0, 0], [10, 1], [ends, 0]]],
      [part('settings'), [[0, 0]]],
    ],
    summary: 'The latest publish failed.',
    // In a missed scrape no part is known.
    description(minute, seen)::
      'The latest publish of banking failed at %s%s. Production keeps the previous version.'
      % [test.time(540), if seen == minute then ', in nl' else ''],
  }),
  test.alert({
    alert: 'PublishFailed',
    case: 'the platform does not tell when it ended',
    severity: 'critical',
    fires: 11,
    series(ends):: [
      [status('failed'), [[0, 0], [10, 1], [ends, 0]]],
    ],
    summary: 'The latest publish failed.',
    description(minute, seen):: 'The latest publish of banking failed. Production keeps the previous version.',
  }),
  test.alert({
    alert: 'PublishStuck',
    severity: 'warning',
    fires: 42,
    series: hanging,
    summary: 'A publish does not end.',
    // As of the last poll that a scrape told of: not of the missed ones.
    description(minute, seen)::
      "The publish of banking has been under way for %s, or it awaits an administrator's approval."
      % test.human(seen * 60 - 600),
  }),
  test.silent({
    alert: 'PublishStuck',
    case: 'polls fail, so that nobody knows whether it goes on',
    end: 60,
    series: [
      [polled, [[0, '0+60'], [20, 1200]]],
    ] + hanging(100)[1:],
  }),
  test.alert({
    alert: 'TrainedNotPublished',
    severity: 'warning',
    fires: 22,
    series(ends):: [
      [trained('en'), [[0, 1200 - week]]],
      [trained('de'), [[0, -week - 90000]]],
      [success, [[0, -week - 3600], [ends, '0+60']]],
    ],
    labels: { engine: 'ml', language: 'en', state: 'configured' },
    summary: 'A trained model has waited long for a publish.',
    description(minute, seen)::
      'banking (en) was trained %s and has not been published since: production lacks what was trained.%s' % [
        test.time(1200 - week),
        if seen == minute then ' The last publish ended %s.' % test.time(-week - 3600) else '',
      ],
  }),
  test.silent({
    alert: 'TrainedNotPublished',
    case: 'it was published since; no publish is known; another version was trained',
    end: 60,
    series: [
      [trained('en'), [[0, -week - 3600]]],
      [success, [[0, -3600]]],
      ['koreai_training_last_success_timestamp_seconds{job="koreai",instance="exporter:10573",bot="shop",engine="ml",'
       + 'language="en",state="configured"}', [[0, -week - 3600]]],
      ['koreai_training_last_success_timestamp_seconds{%s,engine="ml",language="en",state="published"}' % test.bot,
       [[0, 0]]],
    ],
  }),
  test.silent({
    alert: 'TrainedNotPublished',
    case: 'it was trained just now, and the last publish is old',
    end: 60,
    series: [
      [trained('en'), [[0, 0]]],
      [success, [[0, -4 * week]]],
    ],
  }),
  test.alert({
    alert: 'PublishPartFailed',
    severity: 'warning',
    fires: 11,
    series(ends):: [
      [status('success'), [[0, 1]]],
      [status('failed'), [[0, 0]]],
      [publish('koreai_publish_last_completion_timestamp_seconds'), [[0, -9000], [10, 540], [ends, 1800]]],
      [part('nl'), [[0, 0], [10, 1], [ends, 0]]],
      [part('channels'), [[0, 0], [10, 1], [ends, 0]]],
      [part('settings'), [[0, 0]]],
    ],
    summary: 'A publish succeeded, and a part of it failed.',
    description(minute, seen)::
      'The latest publish of banking succeeded at %s%s. Production may be a mixture of two versions.' % [
        test.time(540),
        if seen == minute then '; these parts of it failed: channels, nl' else '',
      ],
  }),
  test.silent({
    alert: 'PublishPartFailed',
    case: 'the publish failed as a whole, which has an alert of its own; another one is long ago',
    end: 30,
    series: [
      [status('success'), [[0, 0]]],
      [status('failed'), [[0, 1]]],
      [publish('koreai_publish_last_completion_timestamp_seconds'), [[0, -60]]],
      [part('nl'), [[0, 1]]],
      ['koreai_publish_status{job="koreai",bot="old",status="success"}', [[0, 1]]],
      ['koreai_publish_part_failed{job="koreai",bot="old",part="nl"}', [[0, 1]]],
      ['koreai_publish_last_completion_timestamp_seconds{job="koreai",bot="old"}', [[0, -3 * 86400]]],
    ],
  }),
  test.silent({
    alert: 'PublishFailed',
    case: 'the first day of an old estate, one of whose publishes failed a month ago',
    end: 30,
    series: [
      [status('failed'), [[0, 1]]],
      [publish('koreai_publish_last_completion_timestamp_seconds'), [[0, -30 * 86400]]],
    ],
  }),
  test.story({
    alert: 'PublishFailed',
    severity: 'critical',
    case: 'the platform cannot be asked for 40 minutes; then it failed still',
    end: 120,
    fires: [[11, 99]],
    series: [
      [status('failed'), [[0, 0], [10, 1], [35, null], [75, 1], [100, 0]]],
      [publish('koreai_publish_last_completion_timestamp_seconds'), [[0, -9000], [10, 540], [35, null], [75, 540]]],
    ] + test.background,
    summary: 'The latest publish failed.',
    description: 'The latest publish of banking failed at %s. Production keeps the previous version.' % test.time(540),
  }),
  test.story({
    alert: 'PublishFailed',
    severity: 'critical',
    case: 'of two exporters, one sees the next one minutes before the other',
    end: 60,
    every: 5,
    fires: [[11, 29]],
    series: [
      [std.strReplace(line[0], 'exporter:10573', instance), line[1]]
      for instance in ['a:10573', 'b:10573']
      for line in
        local ends = if instance == 'a:10573' then 30 else 40;
        [
          [status('failed'), [[0, 0], [10, 1], [ends, 0]]],
          [publish('koreai_publish_last_completion_timestamp_seconds'), [[0, -9000], [10, 540], [ends, 1790]]],
        ] + test.background
    ],
    summary: 'The latest publish failed.',
    description: 'The latest publish of banking failed at %s. Production keeps the previous version.' % test.time(540),
  }),
  test.story({
    alert: 'TrainedNotPublished',
    severity: 'warning',
    case: 'the exporter loses its store, and no longer knows of the training; then it is published',
    end: 100,
    fires: [[1, 79]],
    series: [
      [trained('en'), [[0, -week - 60], [30, null]]],
      [success, [[0, -week - 3600], [80, 4800]]],
    ] + test.background,
    labels: { engine: 'ml', language: 'en', state: 'configured' },
    summary: 'A trained model has waited long for a publish.',
    description: 'banking (en) was trained %s and has not been published since: production lacks what was trained. '
                 % test.time(-week - 60) + 'The last publish ended %s.' % test.time(-week - 3600),
  }),
])
