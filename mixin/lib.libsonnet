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

  // A text over several lines, as one.
  sentence(text):: std.join(' ', std.split(std.stripChars(text, '\n'), '\n')),

  // Rule groups as YAML, in the order in which people read them.
  yaml(groups)::
    local field(object, name) = if name in object then ['%s: %s' % [name, object[name]]] else [];
    local map(object, name) =
      if name in object
      then [name + ':'] + [
        '  %s: %s' % [key, std.escapeStringJson(object[name][key])]
        for key in std.objectFields(object[name])
      ]
      else [];
    local item(lines, indent) = [
      indent + (if i == 0 then '- ' else '  ') + lines[i]
      for i in std.range(0, std.length(lines) - 1)
    ];
    local rule(object) = item(
      field(object, 'record')
      + field(object, 'alert')
      + ['expr: |']
      + ['  ' + line for line in std.split(std.stripChars(object.expr, '\n'), '\n')]
      + field(object, 'for')
      + map(object, 'labels')
      + map(object, 'annotations'),
      '      '
    );
    std.lines(['groups:'] + std.flattenArrays([
      item(field(group, 'name') + field(group, 'interval') + ['rules:'], '  ')
      + std.flattenArrays([rule(object) for object in group.rules])
      for group in groups
    ])),
}
