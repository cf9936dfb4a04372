local lib = import '../lib.libsonnet';

{
  local config = $._config,
  local q = lib.queries(config),

  prometheusRules+:: {
    groups+: [
      {
        name: 'koreai-polling',
        interval: '1m',
        rules: [
          {
            // Targets whose polls fail, by reason. No series where none does.
            record: 'bot_collector_reason:koreai_poll_failing:count',
            expr: lib.block(|||
              count by (job, instance, bot, collector, reason) (
                %s
                and on (job, instance, bot, collector, language, state)
                %s == 0
              )
            ||| % [q.last('koreai_poll_failing'), q.last('koreai_poll_up')]),
          },
          {
            // The age of the oldest last good reply of a bot's targets, of those where it is too old: also by the
            // interval that was in force a while ago, because a backoff shortens long ones. A target that never gave a
            // good reply is as old as the configuration that was read last. No series where nothing is too old.
            record: 'bot_collector:koreai_poll_stale_seconds:max',
            expr: lib.block(|||
              max by (job, instance, bot, collector) (
                (
                  time() - %(success)s > %(intervals)d * %(interval)s
                  unless
                  time() - %(success)s <= %(intervals)d * %(intervalBefore)s
                )
                or
                (
                  %(up)s == 0
                  unless
                  %(success)s
                ) + on (job, instance) group_left () (time() - %(reload)s)
              ) > %(floor)d
            ||| % {
              success: q.last('koreai_poll_last_success_timestamp_seconds'),
              up: q.last('koreai_poll_up'),
              interval: q.last('koreai_poll_interval_seconds'),
              intervalBefore: q.last('koreai_poll_interval_seconds', ago=config.pollStale.floor),
              reload: q.last('koreai_exporter_config_last_reload_success_timestamp_seconds'),
              intervals: config.pollStale.intervals,
              floor: config.pollStale.floor,
            }),
          },
          {
            // Requests that the platform refused for their rate.
            record: 'budget:koreai_api_throttled:increase1h',
            expr: lib.block(
              'increase(%s[%s])' % [q.series('koreai_api_throttled_total'), lib.duration(config.throttled.window)]
            ),
          },
          {
            // The most that was left of a budget at any time of the last half hour.
            record: 'budget_window:koreai_api_budget_remaining:max30m',
            expr: lib.block('max_over_time(%s[%s])' % [
              q.series('koreai_api_budget_remaining'),
              lib.duration(config.budgetExhausted.window),
            ]),
          },
        ],
      },
    ],
  },
}
