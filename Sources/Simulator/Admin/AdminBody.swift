/// The JSON body of a call under `/_simulator/`. Its durations are real time.
protocol AdminBody: Keyed {}

extension AdminBody {
    static var isRealTime: Bool { true }
}

/// The body of `train`, `finish`, `fail`, `status`, `drift`, `sync` and `drop`, each of which uses some keys.
struct TrainingBody: AdminBody {
    var training = Scenario.Training()
    var status = Simulator.TrainingStatus.finished
    var components: [SyncComponent]?

    mutating func read(_ keys: inout KeyReader) {
        keys.read("engine", &training.engine)
        keys.read("language", &training.language)
        keys.read("state", &training.state)
        keys.read("queued", takes: &training.queued)
        keys.read("takes", takes: &training.takes)
        keys.read("outcome", &training.outcome)
        keys.read("status", &status)
        keys.read("components", &components)
        keys.read("message", &training.message)
    }
}

struct ExportBody: AdminBody {
    var export = Scenario.Export()

    mutating func read(_ keys: inout KeyReader) {
        keys.read("queued", takes: &export.queued)
        keys.read("takes", takes: &export.takes)
        keys.read("outcome", &export.outcome)
        keys.read("file", &export.file)
        keys.read("failed_step", &export.failedStep)
    }
}

/// The body of `publish`, `publish/finish` and `publish/fail`.
struct PublishBody: AdminBody {
    var publish = Scenario.Publish()
    var comment = ""

    mutating func read(_ keys: inout KeyReader) {
        publish.read(&keys)
        keys.read("comment", &comment)
    }
}

struct ListBody: AdminBody {
    /// The name in the list of bots; `nil` to keep the present one.
    var name: String?

    mutating func read(_ keys: inout KeyReader) {
        keys.read("name", &name)
    }
}

struct FaultBody: AdminBody {
    var fault = Fault.hang
    var match = FaultMatch()
    /// How many calls the fault hits; `nil` until it is removed.
    var times: Int?

    mutating func read(_ keys: inout KeyReader) {
        keys.require("fault", &fault)
        keys.read("match", &match)
        keys.read("times", &times)
    }
}

struct ClockBody: AdminBody {
    var advance = Duration.zero

    mutating func read(_ keys: inout KeyReader) {
        keys.require("advance", duration: &advance)
    }
}

struct CertificateBody: AdminBody {
    var present = SimulatorConfiguration.TLS.trusted

    mutating func read(_ keys: inout KeyReader) {
        keys.read("present", &present)
    }
}
