// The monitoring mixin: recording rules, alerts and dashboards. `make mixin` renders it.
(import 'config.libsonnet')
+ (import 'rules/rules.libsonnet')
+ (import 'alerts/alerts.libsonnet')
+ (import 'dashboards/dashboards.libsonnet')
