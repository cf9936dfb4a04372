(import 'trainings.libsonnet')
+ (import 'exports.libsonnet')
+ (import 'polling.libsonnet')
+ (import 'fleet.libsonnet')
