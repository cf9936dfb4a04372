local lib = import '../lib.libsonnet';

{
  local config = $._config,
  local q = lib.queries(config),

  prometheusAlerts+:: {
    groups+: [{
      name: 'koreai-exporter-alerts',
      rules: [
        $.alert('ReloadFailed', 'warning') {
          uid:: config.dashboards.exporter,
          expr: lib.block(|||
            time() - %s
            and
            %s == 0
          ||| % [
            q.last('koreai_exporter_config_last_reload_success_timestamp_seconds'),
            q.last('koreai_exporter_config_last_reload_successful'),
          ]),
          summary:: 'The exporter could not use its configuration file when it was told to read it again.',
          description:: lib.sentence(|||
            The exporter {{ $labels.instance }} still runs with the configuration that it read
            {{ $value | humanizeDuration }} ago.
          |||),
        },
        $.alert('StoreFailing', 'critical') {
          uid:: config.dashboards.exporter,
          expr: lib.block('increase(%s[%s]) > %d' % [
            q.series('koreai_exporter_store_write_failures_total'),
            lib.duration(config.storeFailing.window),
            config.storeFailing.failures,
          ]),
          summary:: 'The exporter cannot write its store, and shows nothing new.',
          description:: lib.sentence(|||
            The exporter {{ $labels.instance }} failed {{ $value | printf "%%.0f" }} times within %s to write
            its store. What is new waits and is not shown until it is stored.
          ||| % lib.words(config.storeFailing.window)),
        },
        $.alert('ExporterDown', 'critical', config.exporterDown) {
          uid:: config.dashboards.exporter,
          expr: lib.block('%s == 0' % q.series('up')),
          summary:: 'Prometheus cannot scrape the exporter.',
          description:: lib.sentence(|||
            Scrapes of the exporter {{ $labels.instance }} have failed for more than %s (up: {{ $value }}). No
            bot is watched.
          ||| % lib.words(config.exporterDown)),
        },
        $.alert('NoTargets', 'critical', config.noTargets) {
          uid:: config.dashboards.exporter,
          // No target to scrape; an exporter without targets to poll; something that is no exporter.
          expr: lib.block(|||
            absent(%(up)s)
            or
            sum by (job, instance) (%(targets)s) == 0
            or
            (
              sum by (job, instance) (%(up)s) > 0
              unless
              sum by (job, instance) (%(targets)s)
            )
          ||| % { targets: q.last('koreai_exporter_targets'), up: q.series('up') }),
          summary:: 'Nothing is watched: there is no exporter to scrape, or it has nothing to poll.',
          description:: lib.sentence(|||
            {{ if $labels.instance }}What Prometheus scrapes at {{ $labels.instance }} polls nothing (value:
            {{ $value }}).{{ else }}The job {{ $labels.job }} has no target to scrape.{{ end }} No bot is
            watched.
          |||),
        },
      ],
    }],
  },
}
