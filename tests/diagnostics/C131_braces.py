async function fetchAll(urls) {
    return urls
}
