// Objects that are used again, because making fresh ones costs more than the work done with them:
// taken by any thread, given back emptied. They live as long as the Spares.
#pragma once

#include <memory>
#include <mutex>
#include <utility>
#include <vector>

namespace dossier {

template <class T>
class Spares {
 public:
  // One that was given back, or what `make()` makes: a std::unique_ptr<T>.
  template <class Make>
  std::unique_ptr<T> take(Make&& make) {
    {
      const std::scoped_lock lock(mutex_);
      if (!spare_.empty()) {
        std::unique_ptr<T> object = std::move(spare_.back());
        spare_.pop_back();
        return object;
      }
    }
    return make();
  }
  std::unique_ptr<T> take() { return take(std::make_unique<T>); }
  void give_back(std::unique_ptr<T> object) {
    const std::scoped_lock lock(mutex_);
    spare_.push_back(std::move(object));
  }

 private:
  std::mutex mutex_;
  std::vector<std::unique_ptr<T>> spare_;
};

}  // namespace dossier
