import ArgumentParser
struct Simulate: AsyncParsableCommand { func run() async throws {} }
struct Demo: AsyncParsableCommand { func run() async throws {} }
