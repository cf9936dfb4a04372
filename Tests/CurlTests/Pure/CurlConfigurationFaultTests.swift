import Testing

@testable import Curl

struct CurlConfigurationFaultTests {
    @Test("The defaults make a client")
    func defaults() {
        #expect(CurlConfiguration().fault == nil)
    }

    @Test(
        "A proxy is an http, https or socks5 URL",
        arguments: ["http://proxy", "https://proxy:3128", "socks5://user:pass@proxy:1080", "socks5h://proxy"]
    )
    func proxies(url: String) {
        #expect(CurlConfiguration(proxyURL: url).fault == nil)
    }

    @Test(
        "Another proxy URL is refused and not repeated",
        arguments: ["proxy:3128", "ftp://proxy", "http://u:hush@", ""]
    )
    func noProxies(url: String) throws {
        let fault = try #require(CurlConfiguration(proxyURL: url).fault)
        #expect(fault.contains("proxy URL"))
        #expect(!fault.contains("hush"))
    }

    @Test("A file that is not there is named")
    func files() throws {
        let configurations = [
            CurlConfiguration(caFile: "/nowhere/a.pem"), CurlConfiguration(clientCertificateFile: "/nowhere/a.pem"),
            CurlConfiguration(clientCertificateFile: "/dev/null", clientKeyFile: "/nowhere/a.pem"),
        ]
        for configuration in configurations {
            let fault = try #require(configuration.fault)
            #expect(fault.contains("/nowhere/a.pem cannot be read: No such file or directory"))
        }
    }

    @Test("A key without a certificate and a user agent with a line break are refused")
    func others() {
        #expect(CurlConfiguration(clientKeyFile: "/dev/null").fault != nil)
        #expect(CurlConfiguration(userAgent: "a\r\nb").fault != nil)
    }
}
