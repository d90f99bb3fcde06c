print(-'three')
