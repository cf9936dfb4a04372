local lib = import '../lib.libsonnet';

{
  local config = $._config,

  // An alert without its `expr`, `summary` and `description`. Its dashboard is the bot's unless it says otherwise.
  alert(name, severity, hold=config.hold):: {
    local alert = self,
    local full = config.alertPrefix + name,

    uid:: config.dashboards.bot,

    alert: full,
    'for': lib.duration(hold),
    labels: { severity: severity },
    annotations: {
      summary: alert.summary,
      description: alert.description,
      runbook_url: '%s/%s.md' % [config.runbookBase, full],
      dashboard_url: '%s/d/%s' % [config.grafanaBase, alert.uid]
                     + if alert.uid == config.dashboards.bot then '?var-bot={{ $labels.bot | urlquery }}' else '',
    },
  },
}
+ (import 'trainings.libsonnet')
+ (import 'models.libsonnet')
+ (import 'exports.libsonnet')
+ (import 'polling.libsonnet')
+ (import 'exporter.libsonnet')
