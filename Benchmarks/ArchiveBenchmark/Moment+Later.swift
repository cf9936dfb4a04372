import KoreAI
import Tracking

extension Moment {
    func later(_ milliseconds: Int64) -> Moment {
        Moment(
            wall: Timestamp(milliseconds: wall.milliseconds + milliseconds),
            uptime: uptime + milliseconds,
            boot: boot
        )
    }
}
