// The alerts that fire, as one query: a row for each alert, which says since when it is pending or firing.
//
// Alerts have the label `severity`; `urgency` is its rank, to sort by. Alerts about an exporter have no label `bot`.
local limit = 50;

local ranked(matchers, urgency, severity) = |||
  label_replace(topk(%(limit)d,
    (time() - ALERTS_FOR_STATE{%(alerts)s})
    and ignoring (alertstate)
    ALERTS{%(alerts)s,alertstate="firing"}
  ), "urgency", "%(urgency)d", "", "")
||| % {
  limit: limit,
  urgency: urgency,
  alerts: matchers + ',severity="%s"' % severity,
};

function(selectors, config)
  local matchers = 'alertname=~"%s.+",%s' % [config.alertPrefix, selectors.alerts];
  std.join('or\n', [
    ranked(matchers, index + 1, config.severities[index])
    for index in std.range(0, std.length(config.severities) - 1)
  ])
