sound = "hoo"
