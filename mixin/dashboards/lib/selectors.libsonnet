// Label matchers that every query carries, so that the variables at the top of a dashboard narrow all of it.
//
// In a query they stand as `%(target)s`: `'koreai_training_status{%(target)s}' % selectors.several`.
{
  // For dashboards on which several bots are chosen.
  several: {
    exporter: 'job=~"$job",instance=~"$instance"',
    bot: self.exporter + ',bot=~"$bot"',
    // Recording rules over all bots.
    fleet: self.exporter + ',state=~"$state"',
    // Alerts: those about an exporter have no label `bot`.
    alerts: 'job=~"$job",instance=~"$instance|",bot=~"$bot|"',
    target: self.bot + ',language=~"$language",state=~"$state"',
  },

  // For dashboards on which one bot is chosen: an equality, as Grafana quotes no regular expression for it.
  one: self.several {
    bot: self.exporter + ',bot="$bot"',
  },
}
