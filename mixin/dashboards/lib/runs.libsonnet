// What runs, exports and publishes have in common: counts of those that ended, and how long they took.
local panels = import 'panels.libsonnet';
local queries = import 'queries.libsonnet';
local colors = (import 'style.libsonnet').colors;

{
  none: 'No run is known to have ended in this time range.',

  // Queries for `panels.counts`. names: the family without its end, and the word of its counter; by: the labels of a
  // target. They are counted by exporter first: two that watch the same bot see the same run.
  ended(names, matchers, by):
    local all = queries.grown('%s_%s_total{%s}' % [names[0], names[1], matchers], by);
    local failed = queries.grown('%s_failures_total{%s}' % [names[0], matchers], by);
    [
      panels.range('sum(%s) - sum(%s)' % [all, failed], 'Ended well'),
      panels.range('sum(%s)' % failed, 'Failed'),
    ],
  endings: panels.colored([['Ended well', colors.good, null], ['Failed', colors.bad, null]]),

  // A table of how long runs took in the range that is shown: a row for each value of `per`, whose columns are given.
  durations(title, description, histogram, matchers, by, per, columns):
    local buckets = queries.grown('%s_bucket{%s}' % [histogram, matchers], by + ', le', '$__range');
    panels.table(
      title,
      description,
      [
        panels.rows('sum by (%s) (%s) > 0' % [per, queries.grown('%s_count{%s}' % [histogram, matchers], by, '$__range')]),
        panels.rows(queries.quantile(0.5, buckets, per)),
        panels.rows(queries.quantile(0.9, buckets, per)),
      ],
      columns + [
        { name: 'Value #A', title: 'Runs', width: 80, decimals: 0 },
        { name: 'Value #B', title: 'Half took at most', unit: 's' },
        { name: 'Value #C', title: 'Nine in ten took at most', unit: 's' },
      ],
      ['-Runs'],
      self.none
    ),
}
