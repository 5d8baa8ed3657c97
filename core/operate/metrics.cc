#include "core/operate/metrics.h"

#include <prometheus/text_serializer.h>

#include <algorithm>
#include <cassert>
#include <limits>
#include <set>

namespace kalends::operate {
namespace {

struct Registered {
  std::mutex mutex;
  std::set<const Metric*> metrics;
};
// Never destroyed: numbers of other files end in an order that nobody knows.
Registered& All() {
  static auto* const all = new Registered;
  return *all;
}

}  // namespace

Metric::Metric(std::string name, std::string help, prometheus::MetricType type)
    : name_(std::move(name)), help_(std::move(help)), type_(type) {}

void Metric::Register() {
  const std::lock_guard lock(All().mutex);
  All().metrics.insert(this);
}

void Metric::Unregister() {
  const std::lock_guard lock(All().mutex);
  All().metrics.erase(this);
}

void Count::Show(prometheus::ClientMetric& metric) const {
  metric.counter.value = static_cast<double>(value());
}

void Level::Show(prometheus::ClientMetric& metric) const { metric.gauge.value = value(); }

Spread::Spread(Bounds bounds) : bounds_(std::move(bounds)), counts_(bounds_.size() + 1) {
  assert(std::is_sorted(bounds_.begin(), bounds_.end()));
}

void Spread::Observe(double value) {
  const auto bucket = std::lower_bound(bounds_.begin(), bounds_.end(), value) - bounds_.begin();
  counts_[static_cast<std::size_t>(bucket)].fetch_add(1, std::memory_order_relaxed);
  sum_.fetch_add(value, std::memory_order_relaxed);
}

std::uint64_t Spread::count() const {
  std::uint64_t count = 0;
  for (const auto& bucket : counts_) count += bucket.load(std::memory_order_relaxed);
  return count;
}

void Spread::Show(prometheus::ClientMetric& metric) const {
  std::uint64_t count = 0;
  for (std::size_t i = 0; i < counts_.size(); ++i) {
    count += counts_[i].load(std::memory_order_relaxed);
    const double bound = i < bounds_.size() ? bounds_[i] : std::numeric_limits<double>::infinity();
    metric.histogram.bucket.push_back({count, bound});
  }
  metric.histogram.sample_count = count;
  metric.histogram.sample_sum = sum_.load(std::memory_order_relaxed);
}

Spread::Bounds Latencies() {
  return {0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30};
}

Spread::Bounds PowersOfTwo(int last) {
  Spread::Bounds bounds;
  for (int bound = 1; bound <= last; bound *= 2) bounds.push_back(bound);
  return bounds;
}

void Sampled::Collect(prometheus::MetricFamily& family) const {
  prometheus::ClientMetric& metric = family.metric.emplace_back();
  const double value = read_();
  metric.gauge.value = value;
  metric.counter.value = value;
}

// The lock is held meanwhile, so that nothing that is read ends.
std::vector<prometheus::MetricFamily> Metrics::Collect() const {
  std::map<std::string, prometheus::MetricFamily> families;
  const std::lock_guard lock(All().mutex);
  for (const Metric* metric : All().metrics) {
    prometheus::MetricFamily& family = families[metric->name()];
    family.name = metric->name();
    family.help = metric->help();
    family.type = metric->type();
    metric->Collect(family);
  }
  std::vector<prometheus::MetricFamily> collected;
  for (auto& [name, family] : families) {
    if (!family.metric.empty()) collected.push_back(std::move(family));
  }
  return collected;
}

std::string MetricsText() { return prometheus::TextSerializer().Serialize(Metrics().Collect()); }

}  // namespace kalends::operate
