// Label matchers, and what queries say again and again.
//
// Matchers stand in a query as `%(target)s`: `'koreai_training_status{%(target)s}' % queries.several`. Aggregations are
// always `by` the labels of the exporter's own metrics, so that further labels of a site do no harm and two exporters
// that watch the same bot give one row.
local lib = import '../../lib.libsonnet';

local exporter = 'job=~"$job",instance=~"$instance"';

{
  local matchers(bot) = {
    exporter: exporter,
    bot: exporter + ',' + bot,
    target: self.bot + ',language=~"$language",state=~"$state"',
    training: 'bot, engine, language, state',
    model: 'bot, language, state',
    poll: 'bot, collector, language, state',
    export: 'bot, export',
  },

  // For dashboards on which several bots are chosen.
  several: matchers('bot=~"$bot"'),
  // For dashboards on which one bot is chosen: an equality, as Grafana quotes no regular expression for it.
  one: matchers('bot="$bot"'),

  // A count of what is wrong. It is 0 only where something of the kind is known to be well: `known` is a query for that.
  count(wrong, known): 'count(%s)\nor\n0 * count(%s)' % [lib.strip(wrong), known],

  // By how much a counter grew over a window: a whole number, as nothing is extrapolated. It is the difference of two
  // values, so that windows that follow each other neither overlap nor leave a gap. After a reset (the exporter's store
  // was lost) it is what the counter has now. A counter that was not there before counts whole where its exporter was:
  // the contract lets counters begin at 0. Missed scrapes of up to an hour do not matter.
  //
  // series: a counter with matchers; window: `$__interval` for bars, `$__range` for tables
  growth(series, window='$__interval'):
    lib.strip(|||
      (
        %(now)s - %(before)s >= 0
        or
        %(now)s < %(before)s
        or
        (%(now)s unless %(before)s)
          and on (job, instance) last_over_time(koreai_exporter_build_info{%(exporter)s}[1h] offset %(window)s)
      )
    ||| % {
      exporter: exporter,
      window: window,
      now: 'last_over_time(%s[1h])' % series,
      before: 'last_over_time(%s[1h] offset %s)' % [series, window],
    }),

  // Of what several exporters may see, each on its own: by the labels of a target.
  grown(series, by, window='$__interval'): 'max by (%s) %s' % [by, self.growth(series, window)],

  // The quantile of a histogram over the range that is shown, and over nothing else. No row where nothing was observed.
  // buckets: their growth over `$__range`
  quantile(q, buckets, per): 'histogram_quantile(%s, sum by (%s, le) (%s)) > 0' % [q, per, buckets],

  // Trainings whose last run ended badly, also while the next one is under way: a retry is no recovery. No series
  // otherwise.
  failed(matchers):
    |||
      (
        max by (%(by)s) (koreai_training_status{%(matchers)s,status="failed"}) == 1
        or
        (
          max by (%(by)s) (koreai_training_last_completion_timestamp_seconds{%(matchers)s})
          unless
          max by (%(by)s) (koreai_training_last_success_timestamp_seconds{%(matchers)s})
          >=
          max by (%(by)s) (koreai_training_last_completion_timestamp_seconds{%(matchers)s})
        )
      )
    ||| % { matchers: matchers, by: $.several.training },

  // For how long each training has been running, in seconds.
  running(matchers):
    |||
      (
        time() - max by (%(by)s) (koreai_training_last_start_timestamp_seconds{%(matchers)s})
        and
        max by (%(by)s) (koreai_training_status{%(matchers)s,status="in_progress"}) == 1
      )
    ||| % { matchers: matchers, by: $.several.training },

  // For how long each model has lacked a change, where that is longer than the limit. A published one is left out while the
  // training runs that may mend it.
  outOfSync(matchers, state, limit):
    '(time() - min by (%(by)s) (koreai_ml_out_of_sync_since_timestamp_seconds{%(matchers)s,state="%(state)s"}) > %(limit)d%(unless)s)' % {
      by: $.several.model,
      matchers: matchers,
      state: state,
      limit: limit,
      unless: if state != 'published' then '' else
        '\nunless\nmax by (%s) (koreai_training_status{%s,engine="ml",state="published",status="in_progress"}) == 1'
        % [$.several.model, matchers],
    },

  // For how long the last good training of the model in development has waited for a publish, at least. No series where a
  // publish ended well after it, or where none is known.
  unpublished(matchers, bot):
    |||
      (
        time() - max by (bot) (koreai_training_last_success_timestamp_seconds{%(matchers)s,engine="ml",state="configured"})
        and
        max by (bot) (koreai_training_last_success_timestamp_seconds{%(matchers)s,engine="ml",state="configured"})
        >
        max by (bot) (koreai_publish_last_success_timestamp_seconds{%(bot)s})
      )
    ||| % { matchers: matchers, bot: bot },

  // The mean of all runs but the last, where there were enough of them. The alerts' rule looks back for a limited time;
  // this is the same without a rule.
  usual(histogram, last, matchers, by, runs):
    |||
      max by (%(by)s) (
        (%(histogram)s_sum{%(matchers)s} - %(last)s{%(matchers)s})
        / (%(histogram)s_count{%(matchers)s} - 1 >= %(runs)d)
      ) > 0
    ||| % { histogram: histogram, last: last, matchers: matchers, by: by, runs: runs },
}
