// Where to click: the annotations of an alert that are links. Where no address is configured there is none.
local lib = import '../lib.libsonnet';

// variables: labels of the alert that are variables of the dashboard
function(config, alert, dashboard, variables, ofBot)
  local hours = 6;
  (
    if config.runbookBase == '' then {}
    else { runbook_url: '%s/%s.md' % [config.runbookBase, alert] }
  )
  + (
    if config.grafanaBase == '' then {}
    else {
      dashboard_url: '%s/d/%s?%s' % [
        config.grafanaBase,
        config.dashboards[dashboard],
        std.join('&', (
          if config.grafanaDatasource == '' then [] else ['var-datasource=' + config.grafanaDatasource]
        ) + [
          'var-%s={{ $labels.%s | urlquery }}' % [name, name]
          for name in variables
        ] + [
          // Some hours before, so that the link still shows it when it is read later.
          'from={{ query "1000 * (time() - %d)" | first | value | printf "%%.0f" }}' % (hours * 3600),
          'to=now',
        ]),
      ],
    }
  )
  + (
    if config.exporterBase == '' then {}
    else { exporter_url: config.exporterBase + (if ofBot then '/bot?name={{ $labels.bot | urlquery }}' else '/') }
  )
