import KoreAI
import Settings

extension BotState {
    init(_ setting: StateSetting) {
        self =
            switch setting {
            case .configured: .configured
            case .published: .published
            }
    }
}
