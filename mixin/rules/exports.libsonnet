{
  prometheusRules+:: {
    groups+: [
      {
        name: 'koreai-exports',
        interval: '1m',
        rules: [
          $.usualDuration(
            'bot:koreai_export_duration_seconds:usual',
            'koreai_export_duration_seconds',
            'koreai_export_last_duration_seconds'
          ),
        ],
      },
    ],
  },
}
