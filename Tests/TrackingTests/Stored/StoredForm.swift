import KoreAI
import Model

@testable import Tracking

/// States that use every field, and the bytes that are written for them.
enum StoredForm: CaseIterable {
    case ml
    case faq
    case export

    /// From the replies that led to the state.
    var tracker: TargetTracker {
        switch self {
        case .ml:
            played(
                .training(bot: "banking", engine: .ml, language: "en", state: .published),
                [
                    .mlTraining(ml(.finished, version: 5, sentences: true, traits: false)),
                    .mlTraining(ml(.inProgress, version: nil, sentences: false, traits: nil)),
                    .mlTraining(ml(.failed, version: 5, sentences: true, traits: true)),
                    .mlTraining(ml(.finished, version: 7, sentences: false, traits: true)),
                    .mlTraining(ml(.inProgress, version: 7, sentences: false, traits: nil)),
                    .mlTraining(ml(.finished, version: nil, sentences: false, traits: true)),
                    .mlTraining(ml(.inProgress, version: nil, sentences: false, traits: nil)),
                    .mlTraining(ml(.finished, version: 4, sentences: true, traits: true)),
                ]
            )
        case .faq:
            played(
                .training(bot: "banking", engine: .faq, language: "en", state: .configured),
                [
                    .faqTraining(FAQTrainingReply(status: .finished, modifiedOn: .at(-100))),
                    .faqTraining(FAQTrainingReply(status: .inProgress, modifiedOn: .at(40))),
                    .faqTraining(FAQTrainingReply(status: .finished, modifiedOn: .at(100))),
                    .faqTraining(FAQTrainingReply(status: .inProgress, modifiedOn: .at(160))),
                ]
            )
        case .export:
            played(
                .export(bot: "banking"),
                [
                    .mlExport(job(.inProgress, percent: 12.5, modified: 10)),
                    .mlExport(job(.success, percent: 100, modified: 70)),
                    .mlExport(job(.inProgress, percent: 50, modified: 130)),
                    .mlExport(job(.pending, percent: 25, modified: 20)),
                ]
            )
        }
    }

    private func ml(_ status: TrainingStatus, version: Int64?, sentences: Bool, traits: Bool?) -> MLTrainingReply {
        let flags = [("sentences", sentences), ("traits", traits)].compactMap { component, inSync in
            inSync.map { SyncFlag(component: component, inSync: $0) }
        }
        return MLTrainingReply(status: status, syncFlags: flags, nlpVersion: 3, trainVersion: version)
    }

    private func job(_ status: JobStatus, percent: Double, modified: Int64) -> MLExportReply {
        MLExportReply(
            status: status,
            id: "ds-1",
            percentComplete: percent,
            createdOn: .at(5),
            lastModified: .at(modified),
            requestedTime: .at(4),
            fileType: "CSV",
            downloadURL: Secret("https://files.example.com/1")
        )
    }

    /// One reply a minute, from a machine that was started again after the first one.
    private func played(_ target: Target, _ replies: [Observation]) -> TargetTracker {
        var tracker = TargetTracker(target)
        for (position, reply) in replies.enumerated() {
            var now = ClockReading.at(Int64(position) * 60)
            if position == 0 { now.boot = 0xFEDC_BA98_7654_3210 }
            _ = tracker.observe(reply, at: now)
        }
        return tracker
    }

    var hex: String {
        switch self {
        case .ml:
            """
            0208c0c2defef96210011a81030a0b696e5f70726f6772657373126c088099d7fef96210e09accfef96218e09accfef9\
            622207737563636573732a2c0a1408c0efcffef96210c0cf241901000000000000001214088099d7fef9621080f92b19\
            01000000000000003214088099d7fef9621080f92b190100000000000000380e48025000580060011acd01080310011a\
            7800000000000024400000000000003e400000000000004e400000000000005e4000000000008066400000000000c072\
            400000000000207c400000000000c082400000000000208c400000000000c092400000000000209c40000000000018a5\
            40000000000020ac40000000000020bc40000000000020cc402210000002000000000000000000000000002900000000\
            00005e40420a080610001a0130220102321f0a077375636365737310a0f1c4fef96218e09accfef96220c0a90728c0a9\
            073880a0abfef96222320a1c0a0973656e74656e6365731000180120c09cc1fef9622802300038000a120a0674726169\
            7473100118002800300038002806657ce73d
            """
        case .faq:
            """
            0208c09cc1fef96210011ad7020a0b696e5f70726f6772657373127808c09cc1fef96210c0bab7fef96218c0bab7fef9\
            622207737563636573732a330a140880f3b9fef9621080d30e190100000000000000121408c09cc1fef96210c0fc1519\
            01000000000000001880e4befef962321408c09cc1fef96210c0fc151901000000000000004080e4befef96248005000\
            580060001acb01080110001a7800000000000024400000000000003e400000000000004e400000000000005e40000000\
            00008066400000000000c072400000000000207c400000000000c082400000000000208c400000000000c09240000000\
            0000209c40000000000018a540000000000020ac40000000000020bc40000000000020cc402210000001000000000000\
            00000000000000290000000000004e40420a080610001a0130220101321d0a0773756363657373108091b0fef96218c0\
            bab7fef96220c0a90728003880a0abfef962220026c64b8a
            """
        case .export:
            """
            0208c09cc1fef962100122fb020a380a0b696e5f70726f6772657373120464732d311900000000000049402090eeabfe\
            f96228a08fbbfef96230c0deabfef9623a03435356400112700a560a140a0464732d311090eeabfef96218c0deabfef9\
            62122c0a1408c0c9b2fef96210c0a90719010000000000000012140880f3b9fef9621080d30e19010000000000000018\
            0020a08fbbfef96228e0e5b3fef962300112140880f3b9fef9621080d30e19010000000000000018021ac80108011000\
            1a70000000000000f03f0000000000000440000000000000144000000000000024400000000000002e40000000000000\
            3e400000000000004e400000000000005e4000000000008066400000000000c072400000000000c08240000000000020\
            8c400000000000209c40000000000020ac40220f000000000000000100000000000000290000000000405040420a0806\
            10001a013122010132230a07737563636573731090eeabfef96218e0e5b3fef96220d0f7072800320464732d313880a0\
            abfef96220d0f7070ec759a0
            """
        }
    }
}
