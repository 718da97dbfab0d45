#pragma once

#include <cstdint>
#include <memory>

namespace ephor::bench {

/// A provider that answers every POST with one constant chat completion, at once; a request that says "stream":true
/// gets `deltas` words, one every `pause`. On the loopback, with a thread of its own.
class MockModel {
public:
    static constexpr int deltas = 20;
    static constexpr int pauseMilliseconds = 25;

    MockModel();
    ~MockModel();
    std::uint16_t port() const;

private:
    struct State;
    std::unique_ptr<State> m_state;
};

}
