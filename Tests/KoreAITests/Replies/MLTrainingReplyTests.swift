import Testing

@testable import KoreAI

struct MLTrainingReplyTests {
    static let sixComponents = ["mlparams", "sentences", "small_talk", "synonyms", "traits", "ub_training"]

    @Test("The page's finished training has ten flags and both versions")
    func finished() throws {
        let reply = try decode(Samples.mlFinished, as: MLTrainingReply.self)
        let components = [
            "bt_utterances", "entity_node", "intent_node", "mlparams", "patterns", "sentences", "small_talk",
            "synonyms",
            "traits", "ub_training",
        ]
        #expect(
            reply.value
                == MLTrainingReply(
                    status: .finished,
                    syncFlags: components.map { SyncFlag(component: $0, inSync: true) },
                    nlpVersion: 3,
                    trainVersion: 3
                )
        )
        #expect(reply.unrecognized.isEmpty)
    }

    @Test(
        "The page's running and failed trainings have six flags and no versions",
        arguments: [(Samples.mlInProgress, TrainingStatus.inProgress), (Samples.mlFailed, .failed)]
    )
    func unfinished(sample: String, status: TrainingStatus) throws {
        let reply = try decode(sample, as: MLTrainingReply.self)
        let flags = Self.sixComponents.map { SyncFlag(component: $0, inSync: true) }
        #expect(reply.value == MLTrainingReply(status: status, syncFlags: flags))
        #expect(reply.unrecognized.isEmpty)
    }

    @Test("A status that is not known is unknown and reported, and the flags stay")
    func unknownStatus() throws {
        let reply = try decode(
            #"{"trainingStatus":"Hibernating","isMlInSyncWithTraits":false}"#,
            as: MLTrainingReply.self
        )
        #expect(
            reply.value
                == MLTrainingReply(status: .unknown, syncFlags: [SyncFlag(component: "traits", inSync: false)])
        )
        #expect(reply.unrecognized == [UnrecognizedValue(field: "trainingStatus", found: "Hibernating")])
    }

    @Test(
        "Fields that are null or left out are not known, and nothing to report",
        arguments: [
            #"{"trainingStatus":null,"trainDetails":null,"isMlInSyncWithTraits":null,"isMlInSyncWithPatterns":true}"#,
            #"{"isMlInSyncWithPatterns":true}"#,
            #"{"trainDetails":{"nlpVersion":null},"isMlInSyncWithPatterns":true,"extra":[{"a":[[]]}]}"#,
        ]
    )
    func absent(text: String) throws {
        let reply = try decode(text, as: MLTrainingReply.self)
        let flag = SyncFlag(component: "patterns", inSync: true)
        #expect(reply.value == MLTrainingReply(status: .unknown, syncFlags: [flag]))
        #expect(reply.unrecognized.isEmpty)
    }

    @Test(
        "A flag is understood in every plain form",
        arguments: [
            ("true", true), ("false", false), ("1", true), ("0", false), (#""true""#, true), (#""False""#, false),
            (#""1""#, true), (#"" no ""#, false),
        ]
    )
    func flagForms(text: String, inSync: Bool) throws {
        let reply = try decode(#"{"isMlInSyncWithTraits":\#(text)}"#, as: MLTrainingReply.self)
        #expect(reply.value.syncFlags == [SyncFlag(component: "traits", inSync: inSync)])
        #expect(reply.unrecognized.isEmpty)
    }

    @Test(
        "A flag that is neither true nor false is reported and has no value",
        arguments: [
            ("2", "2"), (#""maybe""#, "maybe"), ("[true]", "an array"), ("{}", "an object"), ("NaN", "NaN"),
            ("-1", "-1"), (#""""#, ""),
        ]
    )
    func flagNonsense(text: String, found: String) throws {
        let reply = try decode(
            #"{"trainingStatus":"Finished","isMlInSyncWithTraits":\#(text)}"#,
            as: MLTrainingReply.self
        )
        #expect(reply.value == MLTrainingReply(status: .finished))
        #expect(reply.unrecognized == [UnrecognizedValue(field: "isMlInSyncWith", found: found)])
    }

    @Test(
        "A version is understood in every plain form",
        arguments: [("3", 3), (#""3""#, 3), ("3.0", 3), ("3e0", 3), ("-4", -4), ("9223372036854775807", Int64.max)]
    )
    func versionForms(text: String, version: Int64) throws {
        let reply = try decode(#"{"trainDetails":{"trainVersion":\#(text)}}"#, as: MLTrainingReply.self)
        #expect(reply.value.trainVersion == version)
        #expect(reply.unrecognized.isEmpty)
    }

    @Test(
        "A version that is no whole number of 64 bits is reported",
        arguments: [
            "3.5", "9223372036854775808", "1e999", "-1e999", "NaN", "Infinity", "0x10", "true", "[3]",
            "12345678901234567890123456789012345678901234567890",
        ]
    )
    func versionNonsense(text: String) throws {
        let reply = try decode(
            #"{"trainingStatus":"Finished","trainDetails":{"nlpVersion":\#(text),"trainVersion":7}}"#,
            as: MLTrainingReply.self
        )
        #expect(reply.value == MLTrainingReply(status: .finished, trainVersion: 7))
        #expect(reply.unrecognized.map(\.field) == ["nlpVersion"])
    }

    @Test("Train details of another type are reported")
    func detailsNonsense() throws {
        let reply = try decode(#"{"trainDetails":"v3"}"#, as: MLTrainingReply.self)
        #expect(reply.value == MLTrainingReply(status: .unknown))
        #expect(reply.unrecognized == [UnrecognizedValue(field: "trainDetails", found: "v3")])
    }

    @Test(
        "A status of another type is unknown and reported",
        arguments: [("7", "7"), ("true", "true"), ("{}", "an object"), (#""""#, "")]
    )
    func statusNonsense(text: String, found: String) throws {
        let reply = try decode(#"{"trainingStatus":\#(text)}"#, as: MLTrainingReply.self)
        #expect(reply.value == MLTrainingReply(status: .unknown))
        #expect(reply.unrecognized == [UnrecognizedValue(field: "trainingStatus", found: found)])
    }

    @Test("The last of two values of a field counts, as in every JavaScript client")
    func repeatedField() throws {
        let reply = try decode(#"{"trainingStatus":"Failed","trainingStatus":"Finished"}"#, as: MLTrainingReply.self)
        #expect(reply.value.status == .finished)
    }
}
