// What rules and alerts say in PromQL again and again.
//
// What every query goes through puts its text together with `+`, and computes what is the same for all of them once:
// jsonnet 0.18 takes a hundred times as long for `%`, which is interpreted, and computes the field of an object anew for
// each use.
{
  // A whole number of seconds as Prometheus writes a duration: 86400 is 1d.
  duration(seconds)::
    local units = [[604800, 'w'], [86400, 'd'], [3600, 'h'], [60, 'm'], [1, 's']];
    local fitting = [unit for unit in units if seconds % unit[0] == 0];
    seconds / fitting[0][0] + fitting[0][1],

  // Duration for people: 86400 is 24h, which says more than 1d.
  words(seconds)::
    if seconds % 3600 == 0 then seconds / 3600 + ' h'
    else if seconds % 60 == 0 then seconds / 60 + ' min'
    else seconds + ' s',

  queries(config):: (
    local selector = config.selector;
    local lookback = $.duration(config.lookback);
    local unknown = $.duration(config.unknown);
    local scraperLabels = config.scraperLabels;
    {
      local q = self,

      // A metric of the job, with further matchers.
      series(metric, matchers='')::
        metric + '{' + selector + (if matchers == '' then '' else ',' + matchers) + '}',

      // The last value that a scrape brought within the lookback, so that a missed one does not count.
      last(metric, matchers='', ago=0)::
        'last_over_time(' + q.series(metric, matchers) + '[' + lookback + ']'
        + (if ago == 0 then '' else ' offset ' + $.duration(ago)) + ')',

      // What `without` takes away so that it does not matter which exporter was scraped.
      away(labels=[]):: std.join(', ', labels + scraperLabels),

      // What was seen last of a bot, by whichever exporter.
      // labels: those of the metric itself that are to go as well
      seen(metric, matchers='', labels=[], ago=0)::
        'max without (' + q.away(labels) + ') (' + q.last(metric, matchers, ago) + ')',

      // The bots that are configured, as far as is known.
      bots:: q.series('bot:koreai_bot_listed:timestamp'),

      // Whether the status of a target is this one, as 0 or 1.
      training(status, matchers=''):: q.seen(
        'koreai_training_status', std.join(',', [m for m in [matchers, 'status' + status] if m != '']), ['status']
      ),
      publish(status):: q.seen('koreai_publish_status', 'status' + status, ['status']),
      export(status):: q.seen('koreai_export_status', 'status' + status, ['status']),

      // A time that the platform gave of a job about which a condition holds, where it can be one; by the exporter that knows
      // the newest: another one may not have seen yet that the next job is there.
      // conditions: with the labels of the metric, and `status`
      newest(metric, conditions):: |||
        max without (%(away)s) (
          %(last)s
          %(conditions)s
        )
        >= %(seen)s <= time() + %(skew)d
      ||| % {
        away: q.away(),
        last: q.last(metric),
        conditions: std.join('\n  ', ['and ' + condition for condition in conditions]),
        seen: q.seen(metric),
        skew: config.clockSkew,
      },

      // A time that the platform gave, where it can be one.
      platformTime(metric, matchers=''):: q.seen(metric, matchers) + ' <= time() + ' + config.clockSkew,

      // A fact that has not ended because nothing is known any more: it goes on until it is refuted, or for a while, or
      // until an exporter no longer has the bot.
      // record: a rule that has a series only while the fact is known; refuted: an expression of the same labels, or
      // beginning with `ignoring`; own: the labels of the fact beside `bot`
      held(record, refuted, own):: |||
        %(record)s
        or
        (
          last_over_time(%(record)s[%(unknown)s])
          unless %(refuted)s
          and%(ignoring)s %(bots)s
        )
      ||| % {
        record: record,
        refuted: refuted,
        unknown: unknown,
        ignoring: q.ignoring(own),
        bots: q.bots,
      },

      ignoring(labels):: if labels == [] then '' else ' ignoring (' + std.join(', ', labels) + ')',

      // Two rules about what began at some time: `fresh` is when, as exporters tell. An exporter that lost its store tells
      // a later time, and for some minutes none may tell anything: then the time before is kept, until something newer
      // than it proves that it has ended.
      // ended: the last time at which such a thing ended; known: whether anything is known of the target
      began(name, fresh, ended, known, own):: [
        { record: name + ':told', expr: $.block(fresh) },
        {
          record: name + ':since',
          expr: $.block(|||
            (%(since)s unless %(since)s <= %(ended)s) < %(told)s
            or
            %(told)s
            or
            (
              %(since)s
              and last_over_time(%(told)s[%(unknown)s])
              unless %(known)s
              and%(ignoring)s %(bots)s
            )
          ||| % {
            since: q.series(name + ':since'),
            told: q.series(name + ':told'),
            ended: ended,
            known: known,
            unknown: unknown,
            ignoring: q.ignoring(own),
            bots: q.bots,
          }),
        },
      ],

      // By how much a counter grew within the window, told by all exporters alike. What a new Prometheus meets, or meets
      // again after scrapes failed for long, is not growth: a counter that was not there before counts where an exporter
      // was scraped at that time. After a reset (a lost store) it is what the counter has now.
      // own: the labels of the counter
      grown(counter, matchers, window, own)::
        local now = q.seen(counter, matchers);
        local before = q.seen(counter, matchers, ago=window);
        |||
          %(now)s - %(before)s > 0
          or
          (%(now)s < %(before)s) > 0
          or
          (
            (%(now)s unless %(before)s)
            and ignoring (%(own)s)
            %(up)s == 1
          ) > 0
        ||| % { now: now, before: before, own: std.join(', ', own), up: q.seen('up', ago=window) },
    }
  ),

  // Snippets of the templates of alerts

  // When it was, where the value of an alert is a time; nothing where that is 0, which is not known.
  atTime:: '{{ if $value }} at {{ $value | humanizeTimestamp }}{{ end }}',

  // Begins a text that asks for other metrics of what the alert is about: matchers of all its labels, also those of the
  // site, but for the ones that the other metrics do not have.
  matching(labels=[])::
    '{{ $of := `job!=""` }}{{ range $name, $each := $labels }}{{ if not (match "^(%s)$" $name) }}'
    % std.join('|', ['__name__'] + labels)
    + '{{ $of = printf `%s,%s=%q` $of $name $each }}{{ end }}{{ end }}',

  // The result of a query, with `matching`'s matchers for each `%s`.
  result(query)::
    'query (printf `%s`%s)' % [query, std.repeat(' $of', std.length(std.findSubstr('%s', query)))],

  // The number that a query gives, as text; `otherwise` where there is none.
  number(query, before, format, after='', otherwise='')::
    '{{ with %s }}%s{{ . | first | value | %s }}%s%s{{ end }}' % [
      $.result(query),
      before,
      format,
      after,
      if otherwise == '' then '' else '{{ else }}' + otherwise,
    ],

  // The same of another metric of what the alert is about: the largest where there are several.
  told(metric, before, format, after='', otherwise='')::
    $.number('max(%s{%%s})' % metric, before, format, after, otherwise),

  // How much is usual, after `matching`.
  usual(metric)::
    $.told(metric, ' The usual duration is ', 'humanizeDuration', '.', ' The usual duration is not known.'),

  // The values that a label has in the result of a query, in a list.
  list(query, label, before)::
    '{{ range $i, $one := %s }}{{ if $i }}, {{ else }}%s{{ end }}{{ $one | label "%s" }}{{ end }}'
    % [$.result(query) + ' | sortByLabel "%s"' % label, before, label],

  // A text without the spaces and line breaks around it. std.stripChars copies the text for each of them, by characters.
  strip(text)::
    local isBlank(character) = character == '\n' || character == ' ';
    local first(index) = if index < std.length(text) && isBlank(text[index]) then first(index + 1) else index;
    local end(index) = if index > 0 && isBlank(text[index - 1]) then end(index - 1) else index;
    local from = first(0);
    local length = end(std.length(text)) - from;
    if length == std.length(text) then text else std.substr(text, from, std.max(0, length)),

  // Further lines of a text further to the right.
  indent(text, columns)::
    std.strReplace($.strip(text), '\n', '\n' + std.repeat(' ', columns)),

  // An expression over several lines, for a YAML block.
  block(expr):: $.strip(expr) + '\n',

  // A text over several lines, as one.
  sentence(text):: std.strReplace($.strip(text), '\n', ' '),

  // A text of YAML or JSON. Without control characters but for line breaks, as no rule has any: std.escapeStringJson takes
  // longer for one description than all else for a whole file.
  quoted(text)::
    '"' + std.strReplace(std.strReplace(std.strReplace(text, '\\', '\\\\'), '"', '\\"'), '\n', '\\n') + '"',

  // Rule groups as YAML, in the order in which people read them.
  yaml(groups)::
    local field(object, name) = if name in object then [name + ': ' + object[name]] else [];
    local map(object, name) =
      if name in object
      then [name + ':'] + [
        '  ' + key + ': ' + $.quoted(object[name][key])
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
      + ['  ' + line for line in std.split($.strip(object.expr), '\n')]
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
