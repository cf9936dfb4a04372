import Exposition
import Model

/// A tracker that counts the runs or jobs of its target.
protocol RunCounting: Sendable {
    var totals: RunTotals { get }
}

/// A family of a collector's series: its line of documentation, and a target's samples as they follow from its tracker.
struct TargetFamily<Tracker: RunCounting>: Sendable {
    typealias Samples = @Sendable (_ tracker: Tracker, _ labels: [String]) -> [Sample]

    let family: MetricFamily
    let samples: Samples

    /// A family whose help follows.
    struct Undocumented {
        let family: MetricFamily.Undocumented
        let samples: Samples

        /// - Parameter text: One sentence for people.
        func help(_ text: String) -> TargetFamily {
            TargetFamily(family: family.help(text), samples: samples)
        }
    }
}

extension Array {
    /// The series of one target in these families.
    ///
    /// - Parameter labels: The values of the labels that all of the target's series have.
    func samples<Tracker: RunCounting>(of tracker: Tracker, _ labels: [String]) -> [FamilySamples]
    where Element == TargetFamily<Tracker> {
        let group = SeriesGroup(labels)
        return map { FamilySamples($0.family, group: group, $0.samples(tracker, labels)) }
    }
}

/// Makes the families of one collector. What a family shows is given as a function of the tracker; `nil` shows nothing.
struct FamilyMaker<Tracker: RunCounting>: Sendable {
    typealias Family = TargetFamily<Tracker>.Undocumented
    typealias Value<Shown> = @Sendable (Tracker) -> Shown

    /// The labels that all families have.
    let labels: [String]

    func gauge(_ name: String, _ value: @escaping Value<Double?>) -> Family {
        Family(family: MetricFamily.gauge(name, labels)) { tracker, labels in
            value(tracker).map { [Sample(labels, number: $0)] } ?? []
        }
    }

    /// A gauge of 1 or 0.
    func flag(_ name: String, _ value: @escaping Value<Bool?>) -> Family {
        Family(family: MetricFamily.gauge(name, labels)) { tracker, labels in
            value(tracker).map { [Sample(labels, isTrue: $0)] } ?? []
        }
    }

    func counter(_ name: String, _ value: @escaping Value<UInt64>) -> Family {
        Family(family: MetricFamily.counter(name, labels)) { tracker, labels in
            [Sample(labels, count: value(tracker), created: tracker.totals.created?.seconds)]
        }
    }

    /// The histogram of how long the runs took.
    func durations(_ name: String) -> Family {
        Family(family: MetricFamily.histogram(name, labels)) { tracker, labels in
            [tracker.totals.durationSample(labels)]
        }
    }

    /// A gauge for each status, of which one at most is 1.
    func status<Status: CaseIterable & RawRepresentable<String> & Sendable>(
        _ name: String,
        _ value: @escaping Value<Status?>
    ) -> Family {
        flag(name, each: "status") { tracker in
            let status = value(tracker)?.rawValue
            return Status.allCases.map { ($0.rawValue, $0.rawValue == status) }
        }
    }

    /// A gauge for each value of one more label.
    func gauge(_ name: String, each label: String, _ values: @escaping Value<[(String, Double)]>) -> Family {
        Family(family: MetricFamily.gauge(name, labels + [label])) { tracker, labels in
            values(tracker).map { Sample(labels + [$0], number: $1) }.sorted()
        }
    }

    /// A gauge of 1 or 0 for each value of one more label.
    func flag(_ name: String, each label: String, _ values: @escaping Value<[(String, Bool)]>) -> Family {
        Family(family: MetricFamily.gauge(name, labels + [label])) { tracker, labels in
            values(tracker).map { Sample(labels + [$0], isTrue: $1) }.sorted()
        }
    }

    /// A counter for each value of one more label.
    func counter(_ name: String, each label: String, _ values: @escaping Value<[(String, UInt64)]>) -> Family {
        Family(family: MetricFamily.counter(name, labels + [label])) { tracker, labels in
            let created = tracker.totals.created?.seconds
            return values(tracker).map { Sample(labels + [$0], count: $1, created: created) }.sorted()
        }
    }
}
