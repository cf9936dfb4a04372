// What all dashboards have in common: identity, links to one another and to the runbooks, annotations.
local layout = import 'layout.libsonnet';
local datasource = { type: 'prometheus', uid: '${datasource}' };

local link(title, tooltip, icon, fields) = {
  title: title,
  tooltip: tooltip,
  icon: icon,
  type: 'link',
  url: '',
  tags: [],
  asDropdown: false,
  includeVars: false,
  keepTime: false,
  targetBlank: false,
} + fields;

{
  // config: of the mixin; fields: uid, title, description, variables, annotations, rows
  dashboard(config, fields): {
    uid: fields.uid,
    title: fields.title,
    description: fields.description,
    tags: ['koreai'],
    editable: false,
    graphTooltip: 1,  // one crosshair on all panels
    schemaVersion: 41,  // Grafana 11.6 and later
    time: { from: fields.from, to: 'now' },
    timezone: 'browser',
    refresh: '1m',
    fiscalYearStartMonth: 0,
    links: [
      link('Kore.ai dashboards', 'Overview, one bot, the exporter', 'external link', {
        type: 'dashboards',
        tags: ['koreai'],
        includeVars: true,
        keepTime: true,
      }),
      link('Runbooks', 'What each alert means and what to do', 'doc', { url: config.runbookBase, targetBlank: true }),
    ],
    templating: { list: fields.variables },
    annotations: { list: fields.annotations },
    panels: layout(fields.rows),
  },

  // A mark at each time that a query gives, in milliseconds; or, with valueIsTime=false, for as long as it gives anything.
  annotation(name, color, expr, title, text, valueIsTime=true): {
    name: name,
    datasource: datasource,
    enable: true,
    hide: false,
    iconColor: color,
    expr: std.stripChars(expr, ' \n'),
    useValueForTime: valueIsTime,
    titleFormat: title,
    textFormat: text,
  },

  // Links from a panel or a cell of a table.
  toBot: {
    title: 'Show this bot',
    url: '/d/koreai-bot/koreai-bot?var-bot=${__data.fields.bot}&${datasource:queryparam}&${job:queryparam}&${instance:queryparam}&${__url_time_range}',
  },
  toBotOfSeries: self.toBot {
    url: '/d/koreai-bot/koreai-bot?var-bot=${__field.labels.bot}&${datasource:queryparam}&${job:queryparam}&${instance:queryparam}&${__url_time_range}',
  },
  toExporter: {
    title: 'Show the exporter',
    url: '/d/koreai-exporter/koreai-exporter?${datasource:queryparam}&${job:queryparam}&${instance:queryparam}&${__url_time_range}',
  },
  // alert: its name without the prefix
  toRunbook(config, alert): {
    local name = config.alertPrefix + alert,
    title: 'Runbook: ' + name,
    url: '%s/%s.md' % [config.runbookBase, name],
    targetBlank: true,
  },
  runbooks(config, alerts): [self.toRunbook(config, alert) for alert in alerts],
  toRunbookOfRow(config): {
    title: 'Open the runbook',
    url: config.runbookBase + '/${__data.fields.alertname}.md',
    targetBlank: true,
  },
}
