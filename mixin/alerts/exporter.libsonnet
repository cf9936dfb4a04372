local lib = import '../lib.libsonnet';

{
  local config = $._config,
  local q = lib.queries(config),
  local exporter = { ofBot:: false, variables:: ['job', 'instance'] },

  prometheusAlerts+:: {
    groups+: [{
      name: 'koreai-exporter-alerts',
      rules: [
        alert.rule
        for alert in [
          $.alert('ReloadFailed', 'warning') + exporter {
            expr:: lib.block(|||
              %s
              and
              %s == 0
            ||| % [
              q.last('koreai_exporter_config_last_reload_success_timestamp_seconds'),
              q.last('koreai_exporter_config_last_reload_successful'),
            ]),
            summary:: 'The exporter could not use its configuration file on a reload.',
            description:: lib.sentence(|||
              The exporter {{ $labels.instance }} still runs with the configuration that it read at
              {{ $value | humanizeTimestamp }}.
            |||),
          },
          $.alert('StoreFailing', 'critical') + exporter {
            expr:: lib.block('increase(%s[%s]) > %d' % [
              q.series('koreai_exporter_store_write_failures_total'),
              lib.duration(config.storeFailing.window),
              config.storeFailing.failures,
            ]),
            summary:: 'The exporter cannot write its store, and shows nothing new.',
            description:: lib.sentence(|||
              The exporter {{ $labels.instance }} failed {{ $value | printf "%%.0f" }} times within %s to write
              its store. New results are not shown until they are stored.
            ||| % lib.words(config.storeFailing.window)),
          },
          // Its bots are watched by nobody; or it is not known which it has, and there is no other exporter. What else the
          // job scrapes is none of them, as long as an exporter is known.
          $.alert('ExporterDown', 'critical', config.exporterDown) + exporter {
            expr:: lib.block(|||
              (
                %(down)s
                and
                count without (bot) (%(unwatched)s)
              )
              or
              (
                (
                  %(down)s
                  or
                  (%(up)s == 0 unless ignoring (bot, %(away)s) max without (%(away)s) (%(down)s))
                )
                unless ignoring (bot, %(away)s)
                max without (%(away)s) (%(exporter)s)
              )
            ||| % $.exporterDown),
            summary:: 'Prometheus cannot scrape the exporter.',
            description:: lib.sentence(|||
              %sScrapes of the exporter {{ $labels.instance }} have failed
              {{- if $value }} since {{ $value | humanizeTimestamp }}{{ else }} for more than %s{{ end }}.
              {{- with %s }} Nobody watches{{ range $i, $one := . }}{{ if $i }},{{ end }} {{ $one | label "bot" }}{{ end }}
              {{- if ge (len .) %d }}, …{{ end }}.{{ else }} No bot is watched.{{ end }}
            ||| % [
              lib.matching(),
              lib.words(config.exporterDown),
              lib.result('topk(%d, bot:koreai_bot_unwatched:since{%%s})' % $.mostBots) + ' | sortByLabel "bot"',
              $.mostBots,
            ]),
          },
          $.alert('ExporterDown', 'warning', config.exporterDown) + exporter {
            expr:: lib.block(|||
              %(down)s
              unless
              count without (bot) (%(unwatched)s)
              and ignoring (%(away)s)
              max without (%(away)s) (%(exporter)s)
            ||| % $.exporterDown),
            summary:: 'Prometheus cannot scrape one of several exporters.',
            description:: lib.sentence(|||
              Scrapes of the exporter {{ $labels.instance }} have failed since {{ $value | humanizeTimestamp }}. Other
              exporters continue: no bot is known to be unwatched.
            |||),
          },
          // What inhibits the other alerts of the bot, and tells its team.
          $.alert('BotUnwatched', 'info', config.exporterDown) {
            expr:: lib.block(q.series('bot:koreai_bot_unwatched:since')),
            summary:: 'Nobody watches a bot, because its exporter cannot be scraped.',
            description:: lib.sentence(|||
              Nobody has watched {{ $labels.bot }} since {{ $value | humanizeTimestamp }}: the exporter {{ $labels.instance }}
              cannot be scraped.
            |||),
          },
          $.alert('NoTargets', 'critical', config.noTargets) + exporter {
            // The job is all that is known where there is no target.
            variables:: ['job'],
            // No target to scrape; an exporter without targets to poll; nothing that is an exporter.
            expr:: lib.block(|||
              absent(%(up)s)
              or
              sum without (collector) (%(targets)s) == 0
              or
              (
                %(up)s > 0
                unless ignoring (%(away)s)
                max without (%(allAway)s) (%(targets)s)
              )
            ||| % {
              targets: q.last('koreai_exporter_targets'),
              up: q.series('up'),
              // Where bots are probed by the same job, `up` has the label `bot`.
              away: q.away(['bot']),
              allAway: q.away(['collector']),
            }),
            summary:: 'Nothing is watched: there is no exporter to scrape, or it has nothing to poll.',
            description:: lib.sentence(|||
              {{ if $labels.instance }}The target {{ $labels.instance }}
              {{- if $value }} is not an exporter{{ else }} polls nothing{{ end }}.
              {{- else }}The job {{ $labels.job }} has no target to scrape: no bot is watched.{{ end }}
            |||),
          },
        ]
      ],
    }],
  },

  exporterDown:: {
    down: q.series('instance:koreai_exporter_down:since'),
    up: q.series('up'),
    unwatched: q.series('bot:koreai_bot_unwatched:since'),
    exporter: q.series('koreai_exporter_config_last_reload_successful'),
    away: q.away(),
  },
  // How many bots a text names.
  mostBots:: 20,
}
