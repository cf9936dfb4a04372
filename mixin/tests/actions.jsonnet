local test = import 'lib.libsonnet';

local actions(action, outcome) = 'koreai_actions_total{%s,action="%s",outcome="%s"}' % [test.exporter, action, outcome];
local up = 'up{%s}' % test.exporter;

test.file([
  // Its counter is not there before.
  test.alert({
    alert: 'ActionFailed',
    severity: 'warning',
    fires: 71,
    lag: 39,
    series(ends):: [
      [actions('canary_export', 'failed'), [[0, null], [70, 1]]],
      [actions('canary_export', 'not_stored'), [[0, null], [70, 2]]],
      [actions('canary_export', 'started'), [[0, null], [70, 7]]],
      [up, [[0, 1]]],
    ],
    base: { job: 'koreai' },
    labels: { action: 'canary_export' },
    sites: ['plain', 'labels', 'two'],
    summary: 'The exporter could not start a training or an export for a canary or an alert.',
    description(minute, seen)::
      'Canaries (canary_export) failed 3 times within 1 h. The log names the bot and the reason.',
  }),
  test.silent({
    alert: 'ActionFailed',
    case: 'others are started or refused for a reason; a failure is older than what Prometheus knows',
    end: 130,
    series: [
      [actions('train_ml', 'started'), [[0, null], [70, 1]]],
      [actions('train_ml', 'cool_down'), [[0, null], [70, 1]]],
      [actions('canary_export', 'failed'), [[0, 4]]],
      [up, [[0, 1]]],
    ],
  }),
])
