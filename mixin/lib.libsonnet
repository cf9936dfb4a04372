// What rules and alerts say in PromQL again and again.
{
  // A whole number of seconds as Prometheus writes a duration: 86400 is 1d.
  duration(seconds)::
    local units = [[604800, 'w'], [86400, 'd'], [3600, 'h'], [60, 'm'], [1, 's']];
    local fitting = [unit for unit in units if seconds % unit[0] == 0];
    '%d%s' % [seconds / fitting[0][0], fitting[0][1]],

  // Duration for people: 86400 is 24h, which says more than 1d.
  words(seconds)::
    if seconds % 3600 == 0 then '%d h' % (seconds / 3600)
    else if seconds % 60 == 0 then '%d min' % (seconds / 60)
    else '%d s' % seconds,

  queries(config):: {
    local seconds = $.duration,

    // A metric of the job, with further matchers.
    series(metric, matchers='')::
      '%s{%s%s}' % [metric, config.selector, if matchers == '' then '' else ',' + matchers],

    // The last value that a scrape brought within the lookback, so that a missed one does not count.
    last(metric, matchers='', ago=0)::
      'last_over_time(%s[%s]%s)' % [
        self.series(metric, matchers),
        seconds(config.lookback),
        if ago == 0 then '' else ' offset ' + seconds(ago),
      ],
  },

  // An expression over several lines, for a YAML block.
  block(expr):: std.stripChars(expr, '\n') + '\n',
}
