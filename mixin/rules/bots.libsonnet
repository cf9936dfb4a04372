// Which bots there are, and which of them nobody watches.
local lib = import '../lib.libsonnet';

{
  local config = $._config,
  local q = lib.queries(config),
  // Every exporter has it of each of its bots, from the first scrape on.
  local listed = q.last('koreai_polls_delayed_total'),

  prometheusRules+:: {
    groups+: [
      {
        name: 'koreai-bots',
        interval: '1m',
        rules: [
          {
            // Since when a bot of an exporter that cannot be scraped is watched by no other one. No series where none is.
            record: 'bot:koreai_bot_unwatched:since',
            expr: lib.block(|||
              (
                %(itself)s
                or
                0 * %(listed)s + time()
              )
              and ignoring (bot)
              %(up)s == 0
              unless ignoring (%(away)s)
              max without (%(away)s) (%(listed)s unless ignoring (bot) %(up)s == 0)
            ||| % {
              itself: q.series('bot:koreai_bot_unwatched:since'),
              listed: listed,
              up: q.series('up'),
              away: q.away(),
            }),
          },
          {
            // Since when an exporter has not been scraped. What else the job scrapes is none.
            record: 'instance:koreai_exporter_down:since',
            expr: lib.block(|||
              (
                %(itself)s
                or
                0 * max without (collector) (%(exporter)s) + time()
              )
              and
              %(up)s == 0
            ||| % {
              itself: q.series('instance:koreai_exporter_down:since'),
              exporter: q.last('koreai_exporter_targets'),
              up: q.series('up'),
            }),
          },
          {
            // When an exporter last had the bot: now, or before it could not be scraped any more. A bot that the
            // exporters do not have any more has no series.
            record: 'bot:koreai_bot_listed:timestamp',
            expr: lib.block(|||
              0 * max without (%(away)s) (%(listed)s) + time()
              or
              (
                %(itself)s
                and
                max without (%(away)s) (%(unwatched)s)
              )
              or
              (
                %(itself)s > time() - %(memory)d
                unless ignoring (bot)
                max without (%(away)s) (%(exporter)s)
              )
            ||| % {
              itself: q.bots,
              listed: listed,
              unwatched: q.series('bot:koreai_bot_unwatched:since'),
              exporter: q.series('koreai_exporter_config_last_reload_successful'),
              memory: config.memory,
              away: q.away(),
            }),
          },
        ],
      },
    ],
  },
}
