#include "cluster/cluster.h"

#include <mpi.h>

#include <stdlib.h>

enum { TAG = 7, LONG_TAG = 8, PIECE = 1 << 30 };

const char *park_cluster_library(void)
{
#ifdef OMPI_MAJOR_VERSION
    return "Open MPI";
#else
    return "MPI";
#endif
}

/* The number that a launcher left in the environment; 0: none. */
static long number(const char *name)
{
    const char *text = getenv(name);
    return text != NULL ? strtol(text, NULL, 10) : 0;
}

bool park_cluster_launched(void)
{
    /* mpirun of Open MPI; of MPICH and Intel; srun --mpi=pmix, whose number of ranks Slurm tells */
    if (number("OMPI_COMM_WORLD_SIZE") > 1 || number("PMI_SIZE") > 1)
        return true;
    return getenv("PMIX_RANK") != NULL && number("SLURM_STEP_NUM_TASKS") > 1;
}

bool park_cluster_first(void)
{
    return number("OMPI_COMM_WORLD_RANK") == 0 && number("PMI_RANK") == 0 && number("PMIX_RANK") == 0;
}

park_status park_cluster_join(park_cluster *cluster, park_error *err)
{
    int given;
    *cluster = (park_cluster){.rank = 0, .ranks = 1};
    if (!park_cluster_launched())
        return PARK_OK;
    setenv("OMPI_MCA_mpi_warn_on_fork", "0", 0);    /* hands are forked, and call no MPI */
    setenv("OMPI_MCA_mpi_yield_when_idle", "1", 0); /* a rank that waits leaves the core to its hand */
    if (MPI_Init_thread(NULL, NULL, MPI_THREAD_SERIALIZED, &given) != MPI_SUCCESS ||
        MPI_Comm_rank(MPI_COMM_WORLD, &cluster->rank) != MPI_SUCCESS ||
        MPI_Comm_size(MPI_COMM_WORLD, &cluster->ranks) != MPI_SUCCESS)
        return PARK_FAIL(err, PARK_E_FILE, "MPI cannot be begun");
    cluster->joined = true;
    return PARK_OK;
}

void park_cluster_send(const park_cluster *cluster, int to, const void *bytes, size_t length)
{
    if (cluster->joined)
        MPI_Send(bytes, (int)length, MPI_BYTE, to, TAG, MPI_COMM_WORLD);
}

bool park_cluster_take(const park_cluster *cluster, int *from, void *bytes, size_t most, size_t *length)
{
    int        there = 0, count;
    MPI_Status status;
    if (!cluster->joined)
        return false;
    MPI_Iprobe(MPI_ANY_SOURCE, TAG, MPI_COMM_WORLD, &there, &status);
    if (!there)
        return false;
    MPI_Recv(bytes, (int)most, MPI_BYTE, status.MPI_SOURCE, TAG, MPI_COMM_WORLD, &status);
    MPI_Get_count(&status, MPI_BYTE, &count);
    *from = status.MPI_SOURCE, *length = (size_t)count;
    return true;
}

/* Bytes go in pieces that MPI can count; the number of bytes goes before them. */
void park_cluster_post(const park_cluster *cluster, int to, const void *bytes, size_t length)
{
    if (!cluster->joined)
        return;
    MPI_Send(&length, (int)sizeof length, MPI_BYTE, to, LONG_TAG, MPI_COMM_WORLD);
    for (size_t at = 0; at < length; at += PIECE)
        MPI_Send((const char *)bytes + at, (int)(length - at < PIECE ? length - at : PIECE), MPI_BYTE, to,
                 LONG_TAG, MPI_COMM_WORLD);
}

bool park_cluster_posted(const park_cluster *cluster, int *from, size_t *length)
{
    int        there = 0;
    MPI_Status status;
    if (!cluster->joined)
        return false;
    MPI_Iprobe(MPI_ANY_SOURCE, LONG_TAG, MPI_COMM_WORLD, &there, &status);
    if (!there)
        return false;
    *from = status.MPI_SOURCE;
    MPI_Recv(length, (int)sizeof *length, MPI_BYTE, *from, LONG_TAG, MPI_COMM_WORLD, &status);
    return true;
}

void park_cluster_fetch(const park_cluster *cluster, int from, void *bytes, size_t length)
{
    for (size_t at = 0; cluster->joined && at < length; at += PIECE)
        MPI_Recv((char *)bytes + at, (int)(length - at < PIECE ? length - at : PIECE), MPI_BYTE, from,
                 LONG_TAG, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
}

void park_cluster_share(const park_cluster *cluster, int from, void *bytes, size_t length)
{
    for (size_t at = 0; cluster->joined && at < length; at += PIECE)
        MPI_Bcast((char *)bytes + at, (int)(length - at < PIECE ? length - at : PIECE), MPI_BYTE, from,
                  MPI_COMM_WORLD);
}

void park_cluster_leave(park_cluster *cluster)
{
    if (cluster->joined)
        MPI_Finalize();
    cluster->joined = false;
}

void park_cluster_abort(const park_cluster *cluster, int status)
{
    if (cluster->joined)
        MPI_Abort(MPI_COMM_WORLD, status);
}
