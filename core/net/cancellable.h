#pragma once

namespace ephor::net {

/// Work under way that can be given up.
class Cancellable {
public:
    virtual ~Cancellable() = default;
    /// Asks for the end; the work then reports it was cancelled, unless it has ended already. From any thread, any
    /// number of times.
    virtual void cancel() = 0;
};

}
