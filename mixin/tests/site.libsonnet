// The mixin as a site has it that configures links and the bots' team: for tests/on-a-site.jsonnet.
(import '../mixin.libsonnet') + {
  _config+:: {
    job: 'bots',
    scraperLabels+: ['rack'],
    botLabels: ['team'],
    runbookBase: '',
    grafanaBase: 'https://grafana.corp',
    grafanaDatasource: 'main',
    exporterBase: 'https://koreai.{{ $labels.cluster }}.corp',
  },
}
