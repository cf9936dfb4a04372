import CCurl

extension Transfer {
    /// The response, after libcurl has told that the transfer ended well.
    func takeResponse() -> CurlResponse {
        let response = CurlResponse(
            status: easy.number(CURLINFO_RESPONSE_CODE),
            headers: head.fields,
            body: body,
            timings: timings(of: submission),
            newConnections: easy.number(CURLINFO_NUM_CONNECTS)
        )
        clear()
        return response
    }

    /// Why there is no response.
    ///
    /// - Parameter proxy: the proxy in use.
    func error(for code: CURLcode, proxy: Origin?) -> CurlError {
        guard let submission else {
            return CurlError(reason: .other, message: "libcurl ended a transfer that was not begun")
        }
        var timings = timings(of: submission)
        // libcurl stops this clock only for transfers that it ends itself.
        timings.total = max(timings.total, start.duration(to: .now))
        let report = FailureReport(
            origin: submission.origin,
            proxy: proxy,
            code: Int(code.rawValue),
            detail: errorText,
            connectStatus: easy.number(CURLINFO_HTTP_CONNECTCODE),
            timings: timings
        )
        switch excess {
        case .body: return report.error(following: .largeBody(limit: submission.request.maxResponseBytes))
        case .head: return report.error(following: .largeHead)
        case nil where code == CURLE_OPERATION_TIMEDOUT:
            return report.error(following: .timeout(submission.request.timeout, in: phase))
        case nil: return report.error
        }
    }

    /// What libcurl knows so far.
    private func timings(of submission: Submission?) -> TransferTimings {
        var timings = TransferTimings(
            dns: easy.time(CURLINFO_NAMELOOKUP_TIME_T),
            connect: easy.time(CURLINFO_CONNECT_TIME_T),
            tls: easy.time(CURLINFO_APPCONNECT_TIME_T),
            firstByte: easy.time(CURLINFO_STARTTRANSFER_TIME_T),
            total: easy.time(CURLINFO_TOTAL_TIME_T),
            waited: submission.map { $0.start.duration(to: start) } ?? .zero
        )
        if easy.number(CURLINFO_NUM_CONNECTS) == 0, timings.firstByte > .zero {
            // The request went out on a connection that stood: libcurl gives the moment it was found for all three.
            timings.dns = .zero
            timings.connect = .zero
            timings.tls = .zero
        }
        return timings
    }

    private var phase: TransferPhase {
        if easy.time(CURLINFO_STARTTRANSFER_TIME_T) > .zero { return .receiving }
        if easy.time(CURLINFO_PRETRANSFER_TIME_T) > .zero { return .awaitingResponse }
        if easy.time(CURLINFO_CONNECT_TIME_T) > .zero { return .handshaking }
        if easy.time(CURLINFO_NAMELOOKUP_TIME_T) > .zero { return .connecting }
        return .resolving
    }
}
