// One meaning, one colour, by the names of Grafana's palette, which fit its light and its dark theme.
{
  good: 'green',
  waiting: 'light-blue',
  running: 'blue',
  unknown: 'purple',
  warning: 'orange',
  bad: 'red',
  neutral: 'text',
}
