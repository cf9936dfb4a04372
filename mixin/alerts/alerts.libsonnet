local lib = import '../lib.libsonnet';
local links = import 'links.libsonnet';

{
  local config = $._config,
  local q = lib.queries(config),

  // An alert without its `expr`, `summary` and `description`. It is about a bot unless it says otherwise.
  alert(name, severity, hold=config.hold):: {
    local alert = self,
    local full = config.alertPrefix + name,

    expr:: error full + ' has no expr',
    // Whether its series have the label `bot`.
    ofBot:: true,
    // Which of the dashboards shows it.
    dashboard:: if self.ofBot then 'bot' else 'exporter',
    // Those of its labels that are variables of the dashboard.
    variables:: ['job'] + (if self.ofBot then ['bot'] else []),

    rule:: {
      alert: full,
      expr: lib.block(if alert.ofBot then $.withBotLabels(alert.expr) else alert.expr),
      'for': lib.duration(hold),
      labels: { severity: severity },
      annotations: {
        summary: alert.summary,
        description: alert.description,
      } + links(config, full, alert.dashboard, alert.variables, alert.ofBot),
    },
  },

  // The alert with the bot's own labels of the configuration, where it is known: while the exporter is down, as they were.
  withBotLabels(expr)::
    local on = std.join(', ', config.botLabelsOn);
    local labels = std.join(', ', config.botLabels);
    local info(seconds) = 'topk by (%s) (1, last_over_time(%s[%s]))' % [on, q.series('koreai_bot_info'), lib.duration(seconds)];
    if config.botLabels == [] then expr else |||
      (
        %(expr)s
      )
      * on (%(on)s) group_left (%(labels)s)
      (
        %(info)s
        or on (%(on)s)
        %(before)s
      )
      or ignoring (%(labels)s)
      (
        %(expr)s
      )
    ||| % {
      // Further lines as far to the right as the first one.
      expr: std.strReplace(lib.strip(expr), '\n', '\n  '),
      on: on,
      labels: labels,
      info: info(config.lookback),
      before: info(config.unknown),
    },
}
+ (import 'trainings.libsonnet')
+ (import 'models.libsonnet')
+ (import 'exports.libsonnet')
+ (import 'publishes.libsonnet')
+ (import 'polling.libsonnet')
+ (import 'actions.libsonnet')
+ (import 'exporter.libsonnet')
