#include "base/pool.h"

#ifdef _OPENMP
#include <omp.h>
#include <stdatomic.h>
#endif

static void run_here(size_t count, park_pool_fn fn, void *user)
{
    for (size_t i = 0; i < count; i++)
        fn(user, i, 0);
}

#ifdef _OPENMP

void park_pool_run(int threads, size_t count, park_pool_fn fn, void *user)
{
    if (threads > 0 && (size_t)threads > count)
        threads = (int)count;
    if (threads < 2 || omp_in_parallel()) {
        run_here(count, fn, user);
        return;
    }
    /* The system may grant fewer threads than asked (OMP_THREAD_LIMIT): deal by the number that came. */
#pragma omp parallel num_threads(threads) default(none) shared(count, fn, user)
    {
        int slot = omp_get_thread_num(), slots = omp_get_num_threads();
        for (size_t i = (size_t)slot; i < count; i += (size_t)slots)
            fn(user, i, slot);
    }
}

void park_pool_share(int threads, size_t own, size_t count, park_pool_fn fn, void *user)
{
    atomic_size_t next = own;
    if (threads < 2 || omp_in_parallel()) {
        run_here(count, fn, user);
        return;
    }
#pragma omp parallel num_threads(threads) default(none) shared(own, count, fn, user, next)
    {
        int slot = omp_get_thread_num(), slots = omp_get_num_threads();
        for (size_t i = (size_t)slot; i < own && i < count; i += (size_t)slots)
            fn(user, i, slot);
        for (size_t i = atomic_fetch_add(&next, 1); i < count; i = atomic_fetch_add(&next, 1))
            fn(user, i, slot);
    }
}

int park_pool_threads(void)
{
    return omp_get_max_threads();
}

#else

void park_pool_run(int threads, size_t count, park_pool_fn fn, void *user)
{
    (void)threads;
    run_here(count, fn, user);
}

void park_pool_share(int threads, size_t own, size_t count, park_pool_fn fn, void *user)
{
    (void)threads, (void)own;
    run_here(count, fn, user);
}

int park_pool_threads(void)
{
    return 1;
}

#endif

size_t park_pool_chunks(size_t count, size_t width)
{
    return count / width + (count % width != 0);
}

park_chunk park_pool_span(size_t count, size_t width, size_t item)
{
    if (item >= park_pool_chunks(count, width))
        return (park_chunk){count, count};
    size_t from = item * width;
    return (park_chunk){from, count - from < width ? count : from + width};
}
