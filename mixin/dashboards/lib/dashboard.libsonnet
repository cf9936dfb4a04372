// What all dashboards have in common: identity, variables, layout, links to one another and to the runbooks.
local lib = import '../../lib.libsonnet';

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

// Variables. Each one offers only values that fit the ones before it.
local labelValues(name, label, query, allValue, description, multi=true) = {
  name: name,
  label: label,
  description: description,
  type: 'query',
  datasource: datasource,
  query: { qryType: 1, query: query, refId: 'PrometheusVariableQueryEditor-VariableQuery' },
  refresh: 2,  // when the time range changes
  sort: 1,  // by the alphabet
  multi: multi,
  includeAll: multi,
  [if multi && allValue != null then 'allValue']: allValue,
  current: if multi then { text: ['All'], value: ['$__all'] } else {},
};

local bots = 'label_values(koreai_bot_info{job=~"$job",instance=~"$instance"}, bot)';
local polled(label, matchers) =
  'label_values(koreai_poll_up{job=~"$job",instance=~"$instance",%s,%s!=""}, %s)' % [matchers, label, label];

// Grafana's grid has 24 columns. Panels fill it from left to right, in lines; those of one line are of one height. Each
// says its size with the hidden fields `width` and `height`.
local columns = 24;

local place(state, panel) =
  local wraps = state.x + panel.width > columns;
  local x = if wraps then 0 else state.x;
  local y = if wraps then state.y + state.height else state.y;
  assert x == 0 || panel.height == state.height : 'the panels beside "%s" are of another height' % panel.title;
  state {
    x: x + panel.width,
    y: y,
    height: panel.height,
    panels+: [panel { id: state.id, gridPos: { x: x, y: y, w: panel.width, h: panel.height } }],
    id: state.id + 1,
  };

local placed(panels, id, y) =
  std.foldl(place, panels, { x: columns, y: y, height: 0, id: id, panels: [] });

// first: the panels that are always seen; rows: [{ title, panels }], which are collapsed: Grafana asks their queries only
// once they are opened
local layout(first, rows) =
  local top = placed(first, 1, 0);
  local folded(state, row) =
    local inner = placed(row.panels, state.id + 1, state.y + 1);
    {
      id: inner.id,
      y: state.y + 1,
      panels: state.panels + [{
        id: state.id,
        type: 'row',
        title: row.title,
        collapsed: true,
        gridPos: { x: 0, y: state.y, w: columns, h: 1 },
        panels: inner.panels,
      }],
    };
  std.foldl(folded, rows, { id: top.id, y: top.y + top.height, panels: top.panels }).panels;

{
  // config: of the mixin; fields: uid, title, description, variables, annotations, first, rows
  dashboard(config, fields): {
    uid: fields.uid,
    title: config.dashboardTitlePrefix + fields.title,
    description: fields.description,
    tags: config.dashboardTags,
    editable: false,
    graphTooltip: 1,  // one crosshair on all panels
    schemaVersion: 41,  // Grafana 11.6 and later
    time: { from: config.dashboardRange, to: 'now' },
    timezone: 'browser',
    refresh: '1m',
    fiscalYearStartMonth: 0,
    links: [
      link('Kore.ai dashboards', 'Overview, one bot, the exporter', 'external link', {
        type: 'dashboards',
        tags: config.dashboardTags,
        includeVars: true,
        keepTime: true,
      }),
    ] + (
      if config.runbookBase == '' then []
      else [link('Runbooks', 'What each alert means and what to do', 'doc', { url: config.runbookBase, targetBlank: true })]
    ),
    templating: { list: fields.variables },
    annotations: { list: fields.annotations },
    panels: layout(fields.first, fields.rows),
  },

  variables: {
    datasource: {
      name: 'datasource',
      label: 'Data source',
      description: 'The Prometheus that scrapes the exporter.',
      type: 'datasource',
      query: 'prometheus',
      refresh: 1,
      multi: false,
      includeAll: false,
      current: {},
    },
    // Without a value for All: Grafana writes out the jobs and instances that are exporters, so that no panel shows
    // another one's series.
    job: labelValues(
      'job',
      'Job',
      'label_values(koreai_exporter_build_info, job)',
      null,
      'The scrape job of the exporter.'
    ),
    instance: labelValues(
      'instance',
      'Instance',
      'label_values(koreai_exporter_build_info{job=~"$job"}, instance)',
      null,
      'The exporter. Two that watch the same bots are shown as one where all are chosen.'
    ),
    // `.*` costs nothing, and `.+` a walk over all bots for each series that a query names.
    bot: labelValues('bot', 'Bot', bots, '.*', 'The name of the bot in the configuration of the exporter.'),
    oneBot: labelValues('bot', 'Bot', bots, null, 'The name of the bot in the configuration of the exporter.', multi=false),
    // Series that have no language or state must not vanish where all are chosen: `.*` matches the empty one too.
    language(bot): labelValues(
      'language',
      'Language',
      polled('language', bot),
      '.*',
      'The language of the model. Anything without one, such as exports and publishes, is always shown.'
    ),
    state(bot): labelValues(
      'state',
      'State',
      polled('state', bot + ',language=~"$language"'),
      '.*',
      'The version of the bot: configured (in development) or published.'
    ),
  },

  // A mark at each time that a query gives, in milliseconds.
  annotation(name, color, expr, title, text): {
    name: name,
    datasource: datasource,
    enable: true,
    hide: false,
    iconColor: color,
    expr: lib.strip(expr),
    useValueForTime: true,
    titleFormat: title,
    textFormat: text,
  },

  // Links from a cell of a table.
  toBot(config): {
    title: 'Show this bot',
    url: '/d/%s?var-bot=${__data.fields.bot}&${datasource:queryparam}&${job:queryparam}&${instance:queryparam}&${__url_time_range}'
         % config.dashboards.bot,
  },
  toExporter(config): {
    title: 'Show the exporter',
    url: '/d/%s?${datasource:queryparam}&${job:queryparam}&var-instance=${__data.fields.instance}&${__url_time_range}'
         % config.dashboards.exporter,
  },

  // Names the alerts about what a panel shows, and links to their runbooks. names: without the prefix
  alerts(config, names):
    local full = [config.alertPrefix + name for name in names];
    if names == [] then {} else {
      description: '%s %s: %s.' % [super.description, if std.length(names) == 1 then 'Alert' else 'Alerts', std.join(', ', full)],
      links: if config.runbookBase == '' then [] else [
        { title: 'Runbook: ' + name, url: '%s/%s.md' % [config.runbookBase, name], targetBlank: true }
        for name in full
      ],
    },
}
