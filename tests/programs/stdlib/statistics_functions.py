# Exact sums, and the words of the errors.
from statistics import *
import random
random.seed(3)
d=[random.gauss(5,2) for _ in range(40)]; i=[random.randint(0,20) for _ in range(31)]
for f in (mean,fmean,median,median_low,median_high,mode,multimode,variance,pvariance,stdev,pstdev,quantiles,median_grouped):
    print(f.__name__, f(d), f(i), f([1,2,3,4]))
print(harmonic_mean([40,60]), harmonic_mean([2.5,3,10]), harmonic_mean([40,60],weights=[5,30]), geometric_mean([54,24,36]), quantiles(d,n=10,method='inclusive'))
print(correlation(d,d[::-1]), correlation(i,sorted(i),method='ranked'), covariance(d,d[::-1]), linear_regression([1,2,3],[2,4,7]), linear_regression([1,2,3],[2,4,7],proportional=True))
print(mean([1e30,1,-1e30]), mean([True,2]), mean([1,2.5]), NormalDist(1,2)+3, NormalDist(0,1).cdf(1), NormalDist.from_samples(d), NormalDist(2,3).pdf(1))
for f in (mean, median, mode, stdev, lambda x: quantiles(x), fmean, harmonic_mean, variance):
    try: f([])
    except StatisticsError as e: print(e)
print(mean([float('inf'),1]), mean([float('nan')]), stdev([1,1]), pstdev([1.5,2.5,2.5,2.75,3.25,4.75]), median('abc'), mode(['red','blue','red']))
