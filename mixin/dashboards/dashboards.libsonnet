// The dashboards, by the name of their file in dashboards/.
{
  grafanaDashboards+:: {
    'overview.json': (import 'overview.libsonnet')($._config),
    'bot.json': (import 'bot.libsonnet')($._config),
    'exporter.json': (import 'exporter.libsonnet')($._config),
  },
}
